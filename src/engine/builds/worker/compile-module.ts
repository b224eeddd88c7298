import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { SessionProgress } from '../../configuration/shared/progress';
import { Reception } from '../../../threads/shared/reception';
import type { Build } from '../shared/build';

const mediaType = 'application/wasm';
/** What takes no longer than this is over before a person has read that it goes on. */
const patience_ms = 100;

/**
 * Fetches a runtime's WASM and compiles it while it streams in. The browser decodes the code on the thread that asks, so
 * this belongs in a worker.
 * @throws LitescopeError RUNTIME_LOAD_FAILED
 */
export async function compileModule(build: Build, onProgress: (progress: SessionProgress) => void): Promise<WebAssembly.Module> {
  try {
    return await fetchAndCompile(build, onProgress);
  } catch (error) {
    throw LitescopeError.from(error, 'RUNTIME_LOAD_FAILED');
  }
}

async function fetchAndCompile(build: Build, onProgress: (progress: SessionProgress) => void): Promise<WebAssembly.Module> {
  const response = await fetch(build.folder + build.wasmFile);
  if (!response.ok || response.body === null) throw new LitescopeError('RUNTIME_LOAD_FAILED', `${build.wasmFile}: HTTP ${response.status}`);
  const stopCounting = countSoon(response.clone(), (loaded_bytes, total_bytes) => {
    onProgress({ kind: 'download', what: text.runtimeFile(build.runtime, build.name), loaded_bytes, total_bytes });
  });
  try {
    // Servers that know nothing of WebAssembly name its files otherwise.
    return await WebAssembly.compileStreaming(response.headers.get('Content-Type') === mediaType ? response : new Response(response.body, { headers: { 'Content-Type': mediaType } }));
  } finally {
    stopCounting();
  }
}

/**
 * Counts what comes in on the way to the compiler. Bytes that pass through JavaScript come a third later, so that a download
 * is counted beside it, and only one for which a person waits.
 * @returns ends it
 */
function countSoon(copy: Response, tell: (loaded: number, total: number | null) => void): () => void {
  const reception = new Reception(copy.headers, tell);
  const reader = copy.body?.getReader();
  let counted = false;
  const count = async () => {
    counted = true;
    for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) reception.add(read.value.byteLength);
    reception.end();
  };
  // A download that breaks off is told of by the compiler.
  const later = setTimeout(() => { void count().catch(() => undefined); }, patience_ms);
  return () => {
    clearTimeout(later);
    if (!counted) void reader?.cancel().catch(() => undefined);
  };
}
