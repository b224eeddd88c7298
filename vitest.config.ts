import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'],
    environment: 'node',
    // Tests that try thousands of inputs take seconds, and several times as long where the machine is shared; a hang is still found.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
