import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { download, type Vantage } from './download';

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

  describe('says why nobody answers', () => {
    const nobody = async (): Promise<string> => {
      const url = await serve(() => undefined);
      await new Promise((resolve) => server?.close(resolve));
      return url;
    };
    // A reserved name that no server has.
    const far = 'http://models.invalid/model.tflite';
    const elsewhere = { origin: 'http://page.example', online: true };

    it('with CORS where the address is another origin’s', async () => {
      const error = await failure(download(await nobody(), { from: elsewhere }));
      expect([error.code, error.hint.includes('CORS')]).toEqual(['NO_ANSWER', true]);
      expect((await failure(download(far, { from: elsewhere }))).code).toBe('NO_ANSWER');
    });

    it.each<readonly [string, (url: string) => Vantage]>([
      ['the address is the page’s own', (url) => ({ origin: new URL(url).origin, online: true })],
      ['there is no page', () => ({ origin: null, online: true })],
    ])('without CORS where %s', async (_, from) => {
      const url = await nobody();
      const error = await failure(download(url, { from: from(url) }));
      expect([error.code, error.hint.includes('CORS')]).toEqual(['DOWNLOAD_FAILED', false]);
    });

    it('without CORS where the device is offline, unless the address is its own', async () => {
      const offline = { origin: 'http://page.example', online: false };
      const error = await failure(download(far, { from: offline }));
      expect([error.code, error.details, error.hint.includes('CORS')]).toEqual(['OFFLINE', 'models.invalid', false]);
      expect((await failure(download(await nobody(), { from: offline }))).code).toBe('NO_ANSWER');
    });

    it('without CORS where a secure page asks for an address that is not', async () => {
      const secure = { origin: 'https://page.example', online: true };
      expect(await failure(download(far, { from: secure }))).toMatchObject({ code: 'DOWNLOAD_FAILED', details: `A page with https:// may not read ${far}, which has http://.` });
      expect((await failure(download(await nobody(), { from: secure }))).code).toBe('NO_ANSWER');
    });

    it.each([404, 500])('without CORS where an answer of status %i could be read, or its rest is missing', async (status) => {
      const url = await serve((request, response) => {
        if (request.url?.endsWith('?half') !== true) response.writeHead(status).end('sorry');
        else response.writeHead(200, { 'Content-Length': 2000 }).write(Buffer.alloc(1000), () => response.destroy());
      });
      for (const address of [url, `${url}?half`]) expect((await failure(download(address, { from: elsewhere }))).code).toBe('DOWNLOAD_FAILED');
    });

    it('without CORS where the address is that of a Blob which is gone', async () => {
      const url = URL.createObjectURL(new Blob(['TFL3']));
      URL.revokeObjectURL(url);
      expect((await failure(download(url, { from: { ...elsewhere, online: false } }))).code).toBe('DOWNLOAD_FAILED');
    });
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
