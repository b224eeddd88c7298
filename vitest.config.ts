import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Runes are compiled as for the page, so that effects run; a server's would be plain variables.
  plugins: [svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) })],
  resolve: { alias: [{ find: /^svelte$/, replacement: fileURLToPath(new URL('node_modules/svelte/src/index-client.js', import.meta.url)) }] },
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'],
    environment: 'node',
    // A worker thread ends with the test runner even in a loop without an end, which a process of its own outlives.
    pool: 'threads',
    // Tests that try thousands of inputs take seconds, and several times as long where the machine is shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
