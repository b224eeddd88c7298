import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { oneFirstFile } from '../vite/first-files';
import { runtimeAndModelAssets, runtimeVersions } from '../vite/runtime-assets';
import { isolationHeaders } from '../vite/security';
import { separateWorkerEntries } from '../vite/worker-entries';

/** @param path relative to this folder */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The bench's own pages around src/api, with the app's runtimes and models and without its interface. */
export default defineConfig({
  // The gallery's files are found from the repository's root; the pages have a <base> to be at home there, too.
  root: here('../../'),
  base: '/',
  publicDir: false,
  plugins: [runtimeAndModelAssets()],
  define: { __RUNTIME_VERSIONS__: JSON.stringify(runtimeVersions) },
  worker: { format: 'es', plugins: () => [separateWorkerEntries()], rolldownOptions: oneFirstFile('start') },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // A contestant's page loads nothing of ours.
      ...oneFirstFile('page', /\/src\//),
      input: ['index', 'readme', 'start-up', 'start-up-readme', 'preprocess', 'live'].map((name) => here(`page/${name}.html`)),
    },
  },
  preview: { headers: isolationHeaders },
});
