/**
 * Builds what is not fresh, then serves the built page as `vite preview` does, and beside it the files that tests hand to pages: `node serve.mjs PORT FOLDER`.
 * A route of Playwright would do as well, but then the browser asks for every other request, too, and caches nothing.
 */
import { createReadStream, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { preview } from 'vite';
import { ensureBuild, ensureCommandLine } from '../../scripts/lib/build.mjs';
import { requireInstalled } from '../../scripts/lib/install.mjs';

const [port, folder = ''] = process.argv.slice(2);

// Once, and not by each worker of the tests.
requireInstalled();
await ensureBuild();
await ensureCommandLine();

await preview({
  preview: { host: '127.0.0.1', port: Number(port), strictPort: true },
  plugins: [{
    name: 'litescope:fixtures',
    configurePreviewServer({ middlewares }) {
      middlewares.use('/__fixture/', (request, response) => {
        const path = normalize(join(folder, decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname)));
        const found = path.startsWith(normalize(folder)) ? statSync(path, { throwIfNoEntry: false }) : undefined;
        if (found?.isFile() !== true) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': found.size, 'Cache-Control': 'no-store' });
        createReadStream(path).pipe(response);
      });
    },
  }],
});
