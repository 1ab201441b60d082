import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const files = [
  'package.json', 'absolute-path.js', 'swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js', 'favicon-16x16.png', 'favicon-32x32.png', 'LICENSE', 'NOTICE',
];

/**
 * Puts what the API's page is made of beside an app that serves it, as the package it comes in: @nestjs/swagger looks for
 * that at run time (even with `customSwaggerUiPath`), and an image has no other packages.
 */
export function swaggerUi(): Plugin {
  return {
    name: 'swagger-ui',
    generateBundle() {
      if (![...this.getModuleIds()].some((id) => id.includes('@nestjs/swagger/'))) return;
      const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
      for (const file of files) this.emitFile({ type: 'asset', fileName: `node_modules/swagger-ui-dist/${file}`, source: readFileSync(join(folder, file)) });
    },
  };
}
