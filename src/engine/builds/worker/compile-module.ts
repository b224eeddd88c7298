import { LitescopeError } from '../../../errors';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { Build } from '../shared/build';

/** Least time between two words of progress, in milliseconds: one for each chunk would keep the page busier than the download. */
const step_ms = 100;

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
  // A compressed response is counted after it was unpacked, so that its stated length says nothing.
  const length = response.headers.get('Content-Encoding') === null ? Number(response.headers.get('Content-Length')) : 0;
  const total_bytes = length > 0 ? length : null;
  let loaded_bytes = 0;
  let told_bytes = 0;
  let told_ms = performance.now();
  const tell = () => {
    told_bytes = loaded_bytes;
    told_ms = performance.now();
    onProgress({ kind: 'download', what: `runtime ${build.runtime} (${build.name})`, loaded_bytes, total_bytes });
  };
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      loaded_bytes += chunk.byteLength;
      if (performance.now() - told_ms >= step_ms) tell();
      controller.enqueue(chunk);
    },
    flush() {
      if (loaded_bytes > told_bytes) tell();
    },
  }));
  return WebAssembly.compileStreaming(new Response(counted, { headers: { 'Content-Type': 'application/wasm' } }));
}
