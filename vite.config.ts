import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { oneFirstFile } from './scripts/vite/first-files.ts';
import { installable } from './scripts/vite/installable.ts';
import { offlineFiles } from './scripts/vite/offline-files.ts';
import { runtimeAndModelAssets, runtimeVersions } from './scripts/vite/runtime-assets.ts';
import { separateWorkerEntries } from './scripts/vite/worker-entries.ts';
import { headersOnEveryAnswer, policyInPage } from './scripts/vite/security.ts';

export default defineConfig({
  // Relative addresses, so that a build works under any path of a static host.
  base: './',
  plugins: [svelte({ configFile: false }), runtimeAndModelAssets(), offlineFiles(), policyInPage(), headersOnEveryAnswer(), installable()],
  define: { __RUNTIME_VERSIONS__: JSON.stringify(runtimeVersions) },
  worker: { format: 'es', plugins: () => [separateWorkerEntries()], rolldownOptions: oneFirstFile('start') },
  build: { target: 'es2022', reportCompressedSize: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 900, modulePreload: { polyfill: false }, rolldownOptions: oneFirstFile('page') },
  // Known from the start, so that the development server never rebuilds them, and reloads the page, under a person's hands.
  optimizeDeps: { include: ['comlink', 'valibot', 'flatbuffers', 'fflate', 'd3-array', 'd3-dsv', 'd3-scale', '@petamoriken/float16', '@noble/hashes/sha2.js'] },
});
