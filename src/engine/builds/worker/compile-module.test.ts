import { afterEach, describe, expect, it, vi } from 'vitest';
import { compileModule } from './compile-module';
import type { Build } from '../shared/build';
import type { SessionProgress } from '../../configuration/shared/progress';
import { rejectionOf } from '../../../threads/testing/errors';

afterEach(() => { vi.unstubAllGlobals(); });

const emptyModule = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const build: Build = {
  runtime: 'litert', name: 'relaxed-simd', version: '1', threaded: false, folder: 'https://example.org/litert/',
  moduleFile: 'litert_wasm_internal.mjs', classicFile: 'litert_wasm_internal.js', wasmFile: 'litert_wasm_internal.wasm',
};
const serve = (respond: (url: string) => Response) => { vi.stubGlobal('fetch', async (url: string) => Promise.resolve(respond(url))); };

describe('compileModule', () => {
  it('compiles what the address of the build serves, and says nothing of a download that is over at once', async () => {
    const asked: string[] = [];
    serve((url) => {
      asked.push(url);
      return new Response(emptyModule, { headers: { 'Content-Length': '8' } });
    });
    const progress: SessionProgress[] = [];
    expect(await compileModule(build, (step) => progress.push(step))).toBeInstanceOf(WebAssembly.Module);
    expect([asked, progress]).toEqual([['https://example.org/litert/litert_wasm_internal.wasm'], []]);
  });

  it.each([
    ['counts the bytes of a download for which a person waits', {}, 8],
    ['states no total for a compressed response, whose length is not the one that is counted', { 'Content-Encoding': 'br' }, null],
  ])('%s', async (_, headers, total_bytes) => {
    let finish = (): void => undefined;
    serve(() => new Response(new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(emptyModule);
        finish = () => { controller.close(); };
      },
    }), { headers: { 'Content-Length': '8', ...headers } }));
    const progress: SessionProgress[] = [];
    expect(await compileModule(build, (step) => {
      progress.push(step);
      finish();
    })).toBeInstanceOf(WebAssembly.Module);
    expect(progress).toEqual([{ kind: 'download', what: 'runtime litert (relaxed-simd)', loaded_bytes: 8, total_bytes }]);
  });

  it('says which file is missing', async () => {
    serve(() => new Response('gone', { status: 404 }));
    const error = await rejectionOf(compileModule(build, () => undefined));
    expect([error.code, error.details]).toEqual(['RUNTIME_LOAD_FAILED', 'litert_wasm_internal.wasm: HTTP 404']);
  });

  it.each([
    ['a network that is down', () => { throw new TypeError('Failed to fetch'); }],
    ['a page in place of WebAssembly', () => new Response('<!doctype html>')],
  ])('has its own error for %s', async (_, respond) => {
    serve(respond);
    expect((await rejectionOf(compileModule(build, () => undefined))).code).toBe('RUNTIME_LOAD_FAILED');
  });
});
