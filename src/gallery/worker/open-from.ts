import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { readBytes } from '../../tensor/read-file';
import { summarize } from '../../tflite/analysis/summarize';
import { openModel } from '../../tflite/format/verify/verify';
import { download } from '../shared/download';
import type { OpenedModel, OpenProgress, OpenSource } from '../shared/opened';
import { sha256Hex } from '../shared/sha256';

/**
 * The worker's work: downloads or reads a model, hashes it, checks it and summarises it.
 *
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED, NO_ANSWER, OFFLINE, FILE_UNREADABLE, HASH_MISMATCH, CANCELLED, and those of `openModel`
 */
export async function openFrom(source: OpenSource, onProgress: (progress: OpenProgress) => void, signal: AbortSignal): Promise<OpenedModel> {
  const blob = source.kind === 'blob' ? source.blob : await downloadModel(source.url, onProgress, signal);
  throwIfCancelled(signal);
  onProgress({ kind: 'read-model' });
  const bytes = await readBytes(blob);
  throwIfCancelled(signal);
  const sha256 = await sha256Hex(bytes.buffer);
  throwIfCancelled(signal);
  const expected = source.kind === 'url' ? source.expectedSha256?.toLowerCase() : undefined;
  if (expected !== undefined && expected !== sha256) {
    throw new LitescopeError('HASH_MISMATCH', words.unexpectedHash(expected, sha256, bytes.byteLength));
  }
  return { blob, bytes: bytes.byteLength, sha256, summary: summarize(openModel(bytes)) };
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
