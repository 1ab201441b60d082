import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    setupFiles: ['libs/testing/src/quiet.setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['{apps,libs}/**/*.spec.{ts,tsx}'], exclude: ['**/*.int.spec.ts', '**/node_modules/**'] } },
      { extends: true, test: { name: 'integration', include: ['{apps,libs}/**/*.int.spec.ts'], globalSetup: ['libs/testing/src/postgres.global-setup.ts'] } },
      { extends: true, test: { name: 'end-to-end', include: ['test/**/*.spec.ts'], globalSetup: ['libs/testing/src/postgres.global-setup.ts'], testTimeout: 120_000 } },
    ],
  },
});
