import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The command line as one module for Node; its libraries stay outside, as the package's dependencies. */
export default defineConfig({
  publicDir: false,
  // Installed, it would bring a command line of its own and what that needs.
  ssr: { noExternal: ['d3-dsv'] },
  build: {
    ssr: fileURLToPath(new URL('main.ts', import.meta.url)),
    outDir: fileURLToPath(new URL('../dist-cli', import.meta.url)),
    target: 'node20',
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: { output: { entryFileNames: 'litescope.js' } },
  },
});
