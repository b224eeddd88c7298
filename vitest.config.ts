import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const include = ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'];

/** Those that put other modules in the place of some: what they import must not be there yet, nor stay. */
const mocking = ['src/api/litescope.test.ts', 'src/engine/session/page/sessions.test.ts', 'src/studies/bench/page/benchmark.test.ts'];

/** What the compiler makes is tried with relaxed SIMD too, which Node 20 has only when asked; asked once, all of its process has it. */
const compiled = ['src/compiler/**/*.test.ts'];
const knowsRelaxedSimd = WebAssembly.validate(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11]));

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
      { extends: true, test: { name: 'shared', include, exclude: [...mocking, ...compiled], isolate: false } },
      { extends: true, test: { name: 'compiled', include: compiled, isolate: false, pool: 'forks', execArgv: knowsRelaxedSimd ? [] : ['--experimental-wasm-relaxed-simd'] } },
      { extends: true, test: { name: 'alone', include: mocking } },
    ],
  },
});
