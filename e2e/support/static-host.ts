import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '..', '..', 'dist');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.webm': 'video/webm', '.png': 'image/png', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
};

/** The headers that `_headers` states for every file. */
function statedHeaders(): Record<string, string> {
  const lines = readFileSync(join(dist, '_headers'), 'utf8').split('\n');
  const start = lines.indexOf('/*');
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('  '));
  return Object.fromEntries(lines.slice(start + 1, end).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  }));
}

export interface StaticHost {
  readonly address: string;
  /** How often each path was asked for, relative to the page. */
  readonly asked: ReadonlyMap<string, number>;
  /** Files that it has in place of the build's, by path relative to the page; null for one that it has no more. */
  readonly changed: Map<string, string | null>;
  /**
   * Answers with this where the address of a file matches, before any file of the build does; no cache keeps it.
   * @returns ends it
   */
  answer(path: RegExp, body: string | Uint8Array): () => void;
  close(): Promise<void>;
}

/**
 * A plain static host for the built page, under a path of its own, with or without the headers that the build asks for.
 * @param forgets whether it leaves them off where a cache only asks if it is still right (304), as many hosts do
 */
export async function hostBuild({ headers, forgets = false }: { headers: boolean; forgets?: boolean }): Promise<StaticHost> {
  const sent = headers ? statedHeaders() : {};
  const prefix = '/some/where/';
  const asked = new Map<string, number>();
  const changed = new Map<string, string | null>();
  const answers = new Map<RegExp, string | Uint8Array>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const given = [...answers].find(([pattern]) => pattern.test(pathname))?.[1];
    if (given !== undefined) {
      response.writeHead(200, { ...sent, 'Cache-Control': 'no-store', 'Content-Type': types[extname(pathname)] ?? 'application/octet-stream' }).end(given);
      return;
    }
    const name = decodeURIComponent(pathname.slice(prefix.length)) || 'index.html';
    const path = normalize(join(dist, name));
    asked.set(name, (asked.get(name) ?? 0) + 1);
    const other = changed.get(name);
    if (typeof other === 'string') {
      response.writeHead(200, { ...sent, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' }).end(other);
      return;
    }
    if (other === null || !pathname.startsWith(prefix) || !path.startsWith(dist) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const tag = `"${statSync(path).mtimeMs}"`;
    if (forgets && request.headers['if-none-match'] === tag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { ...sent, ...(forgets ? { ETag: tag, 'Cache-Control': 'no-cache' } : {}), 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Length': statSync(path).size });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`No port: ${String(address)}`);
  return {
    address: `http://127.0.0.1:${address.port}${prefix}`,
    asked,
    changed,
    answer: (pattern, body) => {
      answers.set(pattern, body);
      return () => { answers.delete(pattern); };
    },
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => { done(); });
    }),
  };
}
