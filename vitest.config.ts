import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const include = ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'];

/** Those that put other modules in the place of some: what they import must not be there yet, nor stay. */
const mocking = ['src/api/litescope.test.ts', 'src/engine/session/page/sessions.test.ts', 'src/studies/bench/page/benchmark.test.ts'];

export default defineConfig({
  // Runes are compiled as for the page, so that effects run; a server's would be plain variables.
  plugins: [svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) })],
  resolve: { alias: [{ find: /^svelte$/, replacement: fileURLToPath(new URL('node_modules/svelte/src/index-client.js', import.meta.url)) }] },
  test: {
    environment: 'node',
    // A worker thread ends with the test runner even in a loop without an end, which a process of its own outlives.
    pool: 'threads',
    maxWorkers: '100%',
    // Tests that try thousands of inputs take seconds, and several times as long where the machine is shared.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    unstubGlobals: true,
    projects: [
      // Modules are loaded once a thread, which takes as long as a third of the tests.
      { extends: true, test: { name: 'shared', include, exclude: mocking, isolate: false } },
      { extends: true, test: { name: 'alone', include: mocking } },
    ],
  },
});
