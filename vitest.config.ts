import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: { alias: { '@custody/verify': fileURLToPath(new URL('packages/verify/src/index.ts', import.meta.url)) } },
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'examples/*/src/**/*.test.ts'],
    pool: 'forks',
    // On two cores the default is one. Many tests wait for a browser or a program: a third uses what two leave idle.
    maxWorkers: 3,
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
