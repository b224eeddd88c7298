import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['e2e/browsers/*.test.ts'],
    globalSetup: 'e2e/browsers/film.ts',
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
