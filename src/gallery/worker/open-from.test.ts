import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnedWorker } from '../../threads/page/owned-worker';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { LitescopeError } from '../../errors';
import { parseCatalogue } from '../shared/catalogue';
import { openFrom } from './open-from';
import type { OpenedModel, OpenProgress, OpenSource } from '../shared/opened';

const root = new URL('../../../', import.meta.url);
const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('models/catalog.json', root), 'utf8')));
const entry = models.find(({ id }) => id === 'face-detection-short-range');
if (entry === undefined || !('package' in entry.source)) throw new Error('The catalogue has lost its smallest model.');
const file = readFileSync(new URL(`node_modules/${entry.source.package}/${entry.source.path}`, root));

const never = new AbortController().signal;
let base = '';
const server = createServer((request, response) => {
  response.setHeader('Content-Length', file.length);
  if (request.url?.startsWith('/stalls') === true) response.write(file.subarray(0, 1000));
  else response.end(file);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function failure(work: Promise<unknown>): Promise<LitescopeError> {
  const error: unknown = await work.then(() => new Error('It succeeded.'), (reason: unknown) => reason);
  if (error instanceof LitescopeError) return error;
  throw error;
}

const ignore = (): void => undefined;

describe('openFrom', () => {
  it('downloads, checks and summarises a model of the catalogue', async () => {
    const seen: OpenProgress[] = [];
    const opened = await openFrom({ kind: 'url', url: `${base}/models/${entry.file}?v=1`, expectedSha256: entry.sha256.toUpperCase() }, (progress) => seen.push(progress), never);
    expect(opened.bytes).toBe(entry.bytes);
    expect(opened.sha256).toBe(entry.sha256);
    expect(opened.blob.size).toBe(entry.bytes);
    expect(opened.summary.signatures[0]?.inputs[0]).toMatchObject({ dtype: 'float32', shape: [1, 128, 128, 3] });
    expect(seen[0]).toMatchObject({ kind: 'download', what: entry.file, total_bytes: entry.bytes });
    expect(seen.at(-2)).toEqual({ kind: 'download', what: entry.file, loaded_bytes: entry.bytes, total_bytes: entry.bytes });
    expect(seen.at(-1)).toEqual({ kind: 'read-model' });
  });

  it('opens a chosen file and gives it back itself', async () => {
    const blob = new Blob([file]);
    const opened = await openFrom({ kind: 'blob', blob }, ignore, never);
    expect(opened.blob).toBe(blob);
    expect(opened.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('names both hashes when the file is another one', async () => {
    const error = await failure(openFrom({ kind: 'url', url: `${base}/model.tflite`, expectedSha256: '0'.repeat(64) }, ignore, never));
    expect(error.code).toBe('HASH_MISMATCH');
    expect(error.details).toContain('0'.repeat(64));
    expect(error.details).toContain(entry.sha256);
  });

  it('says when a chosen file cannot be read any more', async () => {
    const blob = new Blob(['x']);
    blob.arrayBuffer = () => Promise.reject(new DOMException('The file was changed.', 'NotReadableError'));
    const error = await failure(openFrom({ kind: 'blob', blob }, ignore, never));
    expect(error.code).toBe('FILE_UNREADABLE');
    expect(error.details).toBe('The file was changed.');
  });

  it.each([['EMPTY_FILE', ''], ['NOT_TFLITE', '<!doctype html><title>404</title>']] as const)('keeps what the reader says: %s', async (code, content) => {
    expect((await failure(openFrom({ kind: 'blob', blob: new Blob([content]) }, ignore, never))).code).toBe(code);
  });

  it('stops while it downloads and while it reads', async () => {
    const abort = new AbortController();
    const downloading = openFrom({ kind: 'url', url: `${base}/stalls` }, () => { abort.abort(); }, abort.signal);
    expect((await failure(downloading)).code).toBe('CANCELLED');
    const second = new AbortController();
    const reading = openFrom({ kind: 'blob', blob: new Blob([file]) }, () => { second.abort(); }, second.signal);
    expect((await failure(reading)).code).toBe('CANCELLED');
  });
});

describe('across the boundary of a worker', () => {
  it('errors keep code, details and place, and a model arrives', async () => {
    const worker = new ChannelWorker({ open: (source: OpenSource) => openFrom(source, ignore, never) });
    const { remote } = new OwnedWorker<{ readonly open: (source: OpenSource) => Promise<OpenedModel> }>(worker);
    const damaged = file.subarray(0, file.length / 2);
    const here = await failure(openFrom({ kind: 'blob', blob: new Blob([damaged]) }, ignore, never));
    const there = await failure(remote.open({ kind: 'blob', blob: new Blob([damaged]) }));
    expect(there.serialize()).toEqual(here.serialize());
    expect((await remote.open({ kind: 'blob', blob: new Blob([file]) })).sha256).toBe(entry.sha256);
    worker.terminate();
  });
});
