import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { SessionProgress } from '../../configuration/shared/progress';
import { Reception } from '../../../threads/shared/reception';
import type { Build } from '../shared/build';

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
  const reception = new Reception(response.headers, (loaded_bytes, total_bytes) => {
    onProgress({ kind: 'download', what: text.runtimeFile(build.runtime, build.name), loaded_bytes, total_bytes });
  });
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      reception.add(chunk.byteLength);
      controller.enqueue(chunk);
    },
    flush() { reception.end(); },
  }));
  return WebAssembly.compileStreaming(new Response(counted, { headers: { 'Content-Type': 'application/wasm' } }));
}
