import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-standalone-preset.js', 'favicon-16x16.png', 'favicon-32x32.png', 'LICENSE', 'NOTICE'];

/** Puts the files of the API's page into the folder swagger-ui beside an app that serves it: a bundle has no packages to read them from. */
export function swaggerUi(): Plugin {
  return {
    name: 'swagger-ui',
    generateBundle() {
      if (![...this.getModuleIds()].some((id) => id.includes('@nestjs/swagger/'))) return;
      const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
      for (const file of files) this.emitFile({ type: 'asset', fileName: `swagger-ui/${file}`, source: readFileSync(join(folder, file)) });
    },
  };
}
