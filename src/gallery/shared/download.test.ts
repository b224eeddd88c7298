import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { download } from './download';

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/model.tflite`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function failure(work: Promise<unknown>): Promise<LitescopeError> {
  const error: unknown = await work.then(() => new Error('It succeeded.'), (reason: unknown) => reason);
  if (error instanceof LitescopeError) return error;
  throw error;
}

const megabyte = Buffer.alloc(2 ** 20, 'litescope');

describe('download', () => {
  it('gives the bytes and counts up to the total', async () => {
    const url = await serve((_, response) => {
      response.setHeader('Content-Length', megabyte.length * 20);
      for (let part = 0; part < 20; part++) response.write(megabyte);
      response.end();
    });
    const seen: [number, number | null][] = [];
    const blob = await download(url, { onProgress: (loaded, total) => seen.push([loaded, total]) });
    expect(blob.size).toBe(20 * megabyte.length);
    expect(Buffer.from(await blob.slice(19 * megabyte.length).arrayBuffer()).equals(megabyte)).toBe(true);
    expect(seen.at(-1)).toEqual([blob.size, blob.size]);
    expect(seen.every(([loaded, total]) => total === blob.size && loaded <= total)).toBe(true);
    const loaded = seen.map(([count]) => count);
    expect(loaded).toEqual([...loaded].sort((left, right) => left - right));
  });

  it('knows no total when the server compresses or does not say', async () => {
    const compressed = gzipSync(megabyte);
    const url = await serve((request, response) => {
      if (request.url?.endsWith('?plain') === true) {
        response.end(megabyte);
        return;
      }
      response.setHeader('Content-Encoding', 'gzip');
      response.setHeader('Content-Length', compressed.length);
      response.end(compressed);
    });
    for (const address of [url, `${url}?plain`]) {
      const totals = new Set<number | null>();
      const blob = await download(address, { onProgress: (_, total) => totals.add(total) });
      expect(blob.size).toBe(megabyte.length);
      if (address === url) expect([...totals]).toEqual([null]);
    }
  });

  it('takes an empty answer', async () => {
    const url = await serve((_, response) => { response.end(); });
    expect((await download(url)).size).toBe(0);
  });

  it('reads blob addresses', async () => {
    const url = URL.createObjectURL(new Blob(['TFL3']));
    expect(await (await download(url)).text()).toBe('TFL3');
    URL.revokeObjectURL(url);
  });

  it.each([404, 500])('names the status %i', async (status) => {
    const url = await serve((_, response) => { response.writeHead(status).end('sorry'); });
    const error = await failure(download(url));
    expect(error.code).toBe('DOWNLOAD_FAILED');
    expect(error.details).toContain(String(status));
  });

  it('names the reason when nobody answers', async () => {
    const url = await serve(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const error = await failure(download(url));
    expect(error.code).toBe('DOWNLOAD_FAILED');
    expect(error.details).toContain(url);
  });

  it('fails when the connection breaks half-way', async () => {
    const url = await serve((_, response) => {
      response.setHeader('Content-Length', megabyte.length * 2);
      response.write(megabyte, () => response.destroy());
    });
    expect((await failure(download(url))).code).toBe('DOWNLOAD_FAILED');
  });

  it('stops when it is cancelled, before and while it runs', async () => {
    const url = await serve((_, response) => { response.write(megabyte); });
    const abort = new AbortController();
    const running = failure(download(url, { signal: abort.signal, onProgress: () => { abort.abort(); } }));
    expect((await running).code).toBe('CANCELLED');
    expect((await failure(download(url, { signal: AbortSignal.abort() }))).code).toBe('CANCELLED');
  });

  it('refuses what is announced or turns out to be too large', async () => {
    const url = await serve((request, response) => {
      if (request.url?.endsWith('?announced') === true) response.setHeader('Content-Length', 3e9);
      response.write(megabyte);
    });
    for (const error of [await failure(download(`${url}?announced`)), await failure(download(url, { maximumBytes: 1000 }))]) {
      expect(error.code).toBe('DOWNLOAD_FAILED');
      expect(error.details).toContain('larger than');
    }
  });

  it.each(['', 'models/face.tflite', 'example.org/face.tflite', 'ftp://example.org/face.tflite', 'javascript:alert(1)', 'file:///etc/passwd', 'data:,TFL3', 'https://someone:secret@example.org/'])('refuses the address %j', async (url) => {
    const error = await failure(download(url));
    expect(error.code).toBe('INVALID_URL');
    expect(error.details).not.toContain('secret');
  });
});
