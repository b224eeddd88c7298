import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { isOffline } from '../../threads/shared/offline';
import { Reception } from '../../threads/shared/reception';

/** 2 GB: what a FlatBuffer can address, and more than a tab can run. */
export const maximumDownloadBytes = 2 ** 31 - 1;

export interface DownloadOptions {
  /** Hears of bytes received so far and in all; see `Reception`. */
  readonly onProgress?: ((loaded: number, total: number | null) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly maximumBytes?: number | undefined;
  /** The page's own when left out. */
  readonly from?: Vantage | undefined;
}

/** Where a download is asked for from, as far as it tells why nobody answers. */
export interface Vantage {
  /** Null outside of browsers, where any server may be read. */
  readonly origin: string | null;
  readonly online: boolean;
}

function here(): Vantage {
  return { origin: 'location' in globalThis ? location.origin : null, online: !isOffline() };
}

/** Chunks are handed over to a Blob this often: a browser may keep Blobs outside the worker's memory. */
const partBytes = 16 * 2 ** 20;

/**
 * Downloads a file.
 *
 * @param url absolute, with http, https or blob; resolve relative ones on the page, a worker's base is its own script
 * @throws LitescopeError INVALID_URL, DOWNLOAD_FAILED (status of the answer, network, over 2 GB), NO_ANSWER (network or CORS), OFFLINE, CANCELLED
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Blob> {
  const address = checkedAddress(url);
  const { signal, maximumBytes = maximumDownloadBytes, from = here() } = options;
  let answered = false;
  try {
    const response = await fetch(address, { referrerPolicy: 'no-referrer', ...(signal === undefined ? {} : { signal }) });
    answered = true;
    if (!response.ok) {
      await response.body?.cancel();
      throw new LitescopeError('DOWNLOAD_FAILED', words.answered(address.host, `${response.status} ${response.statusText}`.trim()));
    }
    return await receive(response, maximumBytes, options.onProgress);
  } catch (error) {
    if (signal?.aborted === true) throw new LitescopeError('CANCELLED', '', { cause: error });
    if (error instanceof LitescopeError) throw error;
    throw failureOf(error, address, answered, from);
  }
}

/** Browsers do not tell CORS from a server that is not there; but they ask for it only of other origins, and before an answer can be read. */
function failureOf(cause: unknown, address: URL, answered: boolean, from: Vantage): LitescopeError {
  const details = words.reasonAndAddress(reasonOf(cause), address.href);
  if (address.protocol === 'blob:') return new LitescopeError('DOWNLOAD_FAILED', details, { cause });
  const isHere = isLoopback(address);
  if (!from.online && !isHere) return new LitescopeError('OFFLINE', address.host, { cause });
  if (answered || from.origin === null || from.origin === address.origin) return new LitescopeError('DOWNLOAD_FAILED', details, { cause });
  if (from.origin.startsWith('https:') && address.protocol === 'http:' && !isHere) return new LitescopeError('DOWNLOAD_FAILED', words.mixedContent(address.href), { cause });
  return new LitescopeError('NO_ANSWER', details, { cause });
}

/** This device's own servers are reached without a network, and may be read with http://. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function checkedAddress(url: string): URL {
  let address: URL;
  try {
    address = new URL(url);
  } catch (error) {
    throw new LitescopeError('INVALID_URL', url, { cause: error });
  }
  if (!['http:', 'https:', 'blob:'].includes(address.protocol)) throw new LitescopeError('INVALID_URL', words.unsupportedProtocol(address.protocol));
  // Browsers refuse to fetch these, and they would end up in links and reports.
  if (address.username !== '' || address.password !== '') throw new LitescopeError('INVALID_URL', words.hasPassword);
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
  return new LitescopeError('DOWNLOAD_FAILED', words.largerThan(maximumBytes));
}

/** Node names the reason only in the cause; browsers give none at all for network and CORS. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
