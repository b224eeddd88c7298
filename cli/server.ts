/** Serves the built page, and the caller's own files to it, on this machine. */
import { createServer, type ServerResponse } from 'node:http';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import sirv from 'sirv';
import { buildHeaders } from '../scripts/vite/security';

export interface PageServer {
  readonly address: string;
  /** Lets the page read a file of the caller. @returns its address in the page */
  share(path: string): string;
  close(): Promise<void>;
}

const sharedPath = '/command-line-files/';

/**
 * @param folder the built page
 * @param host name or address under which the browser reaches this machine; only this machine itself when left out
 */
export async function startServer(folder: string, host?: string): Promise<PageServer> {
  const setHeaders = (response: ServerResponse) => {
    for (const [name, value] of Object.entries(buildHeaders)) response.setHeader(name, value);
  };
  const page = sirv(folder, { dev: false, etag: true });
  const files: string[] = [];
  const server = createServer((request, response) => {
    // With every answer: a browser that asks whether what it has is still right needs them too.
    setHeaders(response);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(sharedPath)) {
      page(request, response, () => { response.writeHead(404).end(); });
      return;
    }
    const path = files[Number(pathname.slice(sharedPath.length).split('/')[0])];
    // It was there when the caller named it.
    const size = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false })?.size;
    if (path === undefined || size === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': size, 'Cache-Control': 'no-store' });
    // The page hears of a file that breaks off; unheard, the error would end this process.
    pipeline(createReadStream(path), response, () => undefined);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, host === undefined ? '127.0.0.1' : undefined, done);
  });
  const bound = server.address();
  const port = bound === null || typeof bound === 'string' ? 0 : bound.port;
  return {
    address: `http://${host ?? '127.0.0.1'}:${port}/`,
    share: (path) => `${sharedPath.slice(1)}${files.push(path) - 1}/${encodeURIComponent(basename(path))}`,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => { done(); });
    }),
  };
}
