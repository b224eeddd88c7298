import { LitescopeError } from '../../errors';
import { Reception } from '../../threads/shared/reception';

/** 2 GB: what a FlatBuffer can address, and more than a tab can run. */
export const maximumDownloadBytes = 2 ** 31 - 1;

export interface DownloadOptions {
  /** Hears of bytes received so far and in all; see `Reception`. */
  readonly onProgress?: ((loaded: number, total: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly maximumBytes?: number | undefined;
}

/** Chunks are handed over to a Blob this often: a browser may keep Blobs outside the worker's memory. */
const partBytes = 16 * 2 ** 20;

/**
 * Downloads a file.
 *
 * @param url absolute, with http, https or blob; resolve relative ones on the page, a worker's base is its own script
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED (status of the answer, network or CORS, over 2 GB), CANCELLED
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Blob> {
  const address = checkedAddress(url);
  const { signal, maximumBytes = maximumDownloadBytes } = options;
  try {
    const response = await fetch(address, { referrerPolicy: 'no-referrer', ...(signal === undefined ? {} : { signal }) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new LitescopeError('DOWNLOAD_FAILED', `${address.host} answered ${`${response.status} ${response.statusText}`.trim()}.`);
    }
    return await receive(response, maximumBytes, options.onProgress);
  } catch (error) {
    if (signal?.aborted === true) throw new LitescopeError('CANCELLED', '', { cause: error });
    if (error instanceof LitescopeError) throw error;
    throw new LitescopeError('DOWNLOAD_FAILED', `${reasonOf(error)} (${address.href})`, { cause: error });
  }
}

function checkedAddress(url: string): URL {
  let address: URL;
  try {
    address = new URL(url);
  } catch (error) {
    throw new LitescopeError('INVALID_URL', url, { cause: error });
  }
  if (!['http:', 'https:', 'blob:'].includes(address.protocol)) throw new LitescopeError('INVALID_URL', `${address.protocol} is not supported.`);
  // Browsers refuse to fetch these, and they would end up in links and reports.
  if (address.username !== '' || address.password !== '') throw new LitescopeError('INVALID_URL', 'It contains a user name or password.');
  return address;
}

async function receive(response: Response, maximumBytes: number, onProgress: DownloadOptions['onProgress']): Promise<Blob> {
  const reception = new Reception(response.headers, (loaded, total) => onProgress?.(loaded, total));
  if (reception.total !== null && reception.total > maximumBytes) {
    await response.body?.cancel();
    throw tooLarge(maximumBytes);
  }
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let chunkBytes = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    if (reception.loaded + read.value.byteLength > maximumBytes) {
      await reader?.cancel();
      throw tooLarge(maximumBytes);
    }
    chunks.push(read.value);
    chunkBytes += read.value.byteLength;
    if (chunkBytes >= partBytes) {
      parts.push(new Blob(chunks));
      chunks = [];
      chunkBytes = 0;
    }
    reception.add(read.value.byteLength);
  }
  reception.end();
  return new Blob([...parts, ...chunks], { type: 'application/octet-stream' });
}

function tooLarge(maximumBytes: number): LitescopeError {
  return new LitescopeError('DOWNLOAD_FAILED', `The file is larger than ${maximumBytes} bytes.`);
}

/** Node names the reason only in the cause; browsers give none at all for network and CORS. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
