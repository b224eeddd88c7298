import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OwnedWorker } from '../../threads/page/owned-worker';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { LitescopeError } from '../../errors';
import { strToU8, zipSync } from 'fflate';
import { addition, buildModel } from '../../tflite/testing/build';
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
/** What is given in place of the model, by path. */
const answers = new Map<string, Uint8Array>();
const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '') ?? file;
  response.setHeader('Content-Length', answer.length);
  if (request.url?.startsWith('/stalls') === true) response.write(file.subarray(0, 1000));
  else response.end(answer);
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

  it.each([['EMPTY_FILE', ''], ['WEB_PAGE', '<!doctype html><title>404</title>']] as const)('keeps what the reader says: %s', async (code, content) => {
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

/** Other bytes than the model's, and a model all the same. */
const second = buildModel(addition());

describe('bundles', () => {
  const nested = zipSync({ 'inner.tflite': second }, { level: 0 });
  const bundle = zipSync({ 'face_detector.tflite': [file, { level: 0 }], 'notes.txt': strToU8('nothing'), 'packed/second.tflite': [second, { level: 9 }], 'hand.task': [nested, { level: 0 }] });
  const names = ['face_detector.tflite', 'packed/second.tflite', 'hand.task/inner.tflite'];
  const open = (bytes: Uint8Array<ArrayBuffer>, member?: string) => openFrom({ kind: 'blob', blob: new Blob([bytes]), member }, ignore, never);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  it('with several models say which, and give the one that is asked for', async () => {
    const error = await failure(open(bundle));
    expect([error.code, error.choices, LitescopeError.deserialize(error.serialize()).choices]).toEqual(['SEVERAL_MODELS', names, names]);
    for (const [place, content] of [file, second, second].entries()) {
      const opened = await open(bundle, names[place]);
      expect([opened.member, opened.bytes, opened.sha256, opened.blob.size]).toEqual([names[place], content.length, sha256(content), content.length]);
    }
    expect(await failure(open(bundle, 'other.tflite'))).toMatchObject({ code: 'INVALID_ARGUMENT', details: `The bundle has no other.tflite; it holds ${names.join(', ')}.` });
  });

  it('with one model are that model, also under a name without an ending', async () => {
    expect((await open(zipSync({ 'readme.md': strToU8('x'), 'model.tflite': second }))).sha256).toBe(sha256(second));
    expect((await open(zipSync({ TF_LITE_PREFILL_DECODE: second, TOKENIZER_MODEL: strToU8('words') }, { level: 0 }))).member).toBe('TF_LITE_PREFILL_DECODE');
  });

  it('give the model whose hash is expected', async () => {
    answers.set('/bundle.task', bundle);
    const from = (expectedSha256: string) => openFrom({ kind: 'url', url: `${base}/bundle.task`, expectedSha256 }, ignore, never);
    expect((await from(sha256(second))).member).toBe('packed/second.tflite');
    expect((await failure(from(sha256(bundle)))).code).toBe('SEVERAL_MODELS');
    expect((await failure(from('0'.repeat(64)))).code).toBe('HASH_MISMATCH');
  });

  it('that are damaged, bombs or cut off get their error and cost nothing', async () => {
    expect((await failure(open(bundle.slice(0, -30)))).code).toBe('TRUNCATED');
    const bomb = zipSync({ 'bomb.tflite': [new Uint8Array(2 ** 24), { level: 9 }] });
    expect(await failure(open(bomb))).toMatchObject({ code: 'CORRUPTED', details: 'bomb.tflite does not unpack to what the archive states' });
    const torn = zipSync({ 'second.tflite': [second, { level: 9 }] });
    // The first block's kind becomes one that deflate does not have; it begins behind the file's header and name.
    torn[30 + 'second.tflite'.length] = 7;
    expect((await failure(open(torn))).code).toBe('CORRUPTED');
    expect((await failure(open(zipSync({ 'not.tflite': strToU8('a text that is no model at all') }, { level: 0 })))).code).toBe('NOT_TFLITE');
    expect((await failure(open(zipSync({ 'readme.md': strToU8('x') })))).code).toBe('ARCHIVE');
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
