import { defineConfig } from 'vitest/config';

const postgres = 'libs/testing/src/postgres.global-setup.ts';
const services = 'libs/testing/src/services.global-setup.ts';

// Groups run one after the other: what measures itself against a clock gets the machine to itself.
// *.spec.ts needs nothing · *.int.spec.ts PostgreSQL · *.svc.spec.ts Kafka and Redis as well · test/ the built apps.
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    setupFiles: ['libs/testing/src/quiet.setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['{apps,libs}/**/*.spec.{ts,tsx}'], exclude: ['**/*.{int,svc}.spec.ts', '**/node_modules/**'] } },
      { extends: true, test: { name: 'integration', include: ['libs/**/*.int.spec.ts'], globalSetup: [postgres] } },
      { extends: true, test: { name: 'services', sequence: { groupOrder: 1 }, include: ['libs/**/*.svc.spec.ts'], globalSetup: [postgres, services], testTimeout: 60_000, fileParallelism: false } },
      { extends: true, test: { name: 'end-to-end', sequence: { groupOrder: 2 }, include: ['test/**/*.spec.ts'], exclude: ['test/faults/**', '**/node_modules/**'], globalSetup: [postgres], testTimeout: 180_000, fileParallelism: false } },
      { extends: true, test: { name: 'faults', sequence: { groupOrder: 3 }, include: ['test/faults/*.spec.ts'], testTimeout: 2 * 3_600_000, hookTimeout: 600_000, fileParallelism: false } },
    ],
  },
});
