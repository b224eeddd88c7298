import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { readBytes } from '../../tensor/read-file';
import { summarize } from '../../tflite/analysis/summarize';
import { openModel } from '../../tflite/format/verify/verify';
import { download } from '../shared/download';
import type { BundleMember, OpenedModel, OpenProgress, OpenSource } from '../shared/opened';
import { sha256Hex } from '../shared/sha256';
import { type BundledModel, bundledModels } from './bundle';

/**
 * The worker's work: downloads or reads a model, hashes it, checks it and summarises it. Of an archive with models in it
 * (MediaPipe's `.task`, a zipped download) the one that is asked for, the one that has the expected hash, or the only one.
 *
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED, NO_ANSWER, OFFLINE, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED,
 *   SEVERAL_MODELS with their names as choices, INVALID_ARGUMENT for a member that is not there, and those of `openModel`
 */
export async function openFrom(source: OpenSource & BundleMember, onProgress: (progress: OpenProgress) => void, signal: AbortSignal): Promise<OpenedModel> {
  const blob = source.kind === 'blob' ? source.blob : await downloadModel(source.url, onProgress, signal);
  throwIfCancelled(signal);
  onProgress({ kind: 'read-model' });
  const bytes = await readBytes(blob);
  throwIfCancelled(signal);
  const sha256 = await sha256Hex(bytes.buffer);
  throwIfCancelled(signal);
  const expected = source.kind === 'url' ? source.expectedSha256?.toLowerCase() : undefined;
  const models = bundledModels(bytes);
  if (models.length > 0) {
    const opened = await openBundled(models, source.member, expected === sha256 ? undefined : expected);
    throwIfCancelled(signal);
    if (opened !== null) return opened;
  }
  if (expected !== undefined && expected !== sha256) {
    throw new LitescopeError('HASH_MISMATCH', words.unexpectedHash(expected, sha256, bytes.byteLength));
  }
  return { blob, bytes: bytes.byteLength, sha256, summary: summarize(openModel(bytes)) };
}

/** @returns null where none has the hash that is expected */
async function openBundled(models: readonly BundledModel[], member: string | undefined, expected: string | undefined): Promise<OpenedModel | null> {
  const names = models.map(({ name }) => name);
  if (member !== undefined && !names.includes(member)) throw new LitescopeError('INVALID_ARGUMENT', words.noMember(member, names));
  const wanted = member === undefined ? models : models.filter(({ name }) => name === member);
  const [only, ...others] = wanted;
  if (only === undefined) return null;
  if (expected !== undefined) {
    for (const model of wanted) {
      const read = await readBundled(model);
      if (read.sha256 === expected) return summarized(model, read);
    }
    return null;
  }
  if (others.length > 0) throw new LitescopeError('SEVERAL_MODELS', words.holdsModels(names), { choices: names });
  return summarized(only, await readBundled(only));
}

interface ReadModel {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

async function readBundled(model: BundledModel): Promise<ReadModel> {
  const content = await model.read();
  if (content === null) throw new LitescopeError('CORRUPTED', words.damagedMember(model.name));
  return { content, sha256: await sha256Hex(content.buffer) };
}

function summarized({ name }: BundledModel, { content, sha256 }: ReadModel): OpenedModel {
  return { blob: new Blob([content]), bytes: content.byteLength, sha256, summary: summarize(openModel(content)), member: name };
}

function downloadModel(url: string, onProgress: (progress: OpenProgress) => void, signal: AbortSignal): Promise<Blob> {
  const what = fileNameOf(url);
  return download(url, { signal, onProgress: (loaded_bytes, total_bytes) => { onProgress({ kind: 'download', what, loaded_bytes, total_bytes }); } });
}

/** The last part of the path, or the host where the path has none. */
function fileNameOf(url: string): string {
  return url.split(/[?#]/)[0]?.split('/').filter((part) => part !== '').at(-1) ?? url;
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new LitescopeError('CANCELLED');
}
