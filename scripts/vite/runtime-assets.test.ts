import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrapThread, withoutDynamicCode } from './glue';
import { runtimeAndModelAssets, runtimeVersions } from './runtime-assets';

const root = new URL('../../', import.meta.url);
const tfjs = `runtimes/tfjs-tflite-${runtimeVersions['tfjs-tflite']}`;
const litert = `runtimes/litert-${runtimeVersions.litert}`;
const kernels = `runtimes/tfjs-kernels-${runtimeVersions['tfjs-kernels']}`;
const packageFile = (path: string) => readFileSync(new URL(`node_modules/${path}`, root));

/** What a build with the plugin would write. */
const emitted = new Map<string, Buffer | string>();

beforeAll(() => {
  // The plugin's hooks are called as Vite calls them, with what they use of its context.
  const plugin = runtimeAndModelAssets() as unknown as {
    configResolved(config: { root: string }): void;
    generateBundle(this: { emitFile(file: { fileName: string; source: Buffer | string }): void }): void;
  };
  plugin.configResolved({ root: fileURLToPath(root) });
  plugin.generateBundle.call({ emitFile: ({ fileName, source }) => { emitted.set(fileName, source); } });
});

describe('runtimeVersions', () => {
  it('are those of the installed packages, which package.json pins, and the project’s own', () => {
    const { version, devDependencies: pinned } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string; devDependencies: Record<string, string> };
    expect(runtimeVersions).toEqual({ 'tfjs-tflite': pinned['@tensorflow/tfjs-tflite'], litert: pinned['@litertjs/core'], 'tfjs-kernels': pinned['@tensorflow/tfjs-backend-wasm'], compiled: version });
  });
});

describe('a build', () => {
  it('has every build of the runtimes, as a module, a classic script and WASM, and nothing else of their packages', () => {
    const builds = [
      ...['', '_simd', '_threaded', '_simd_threaded'].map((suffix) => `${tfjs}/tflite_web_api_cc${suffix}`),
      ...['', 'compat_', 'threaded_', 'jspi_'].map((infix) => `${litert}/litert_wasm_${infix}internal`),
      ...['', '-threaded-simd'].map((suffix) => `${kernels}/tfjs-backend-wasm${suffix}`),
    ];
    const expected = [...builds.flatMap((build) => [`${build}.js`, `${build}.mjs`, `${build}.wasm`]), `${kernels}/tfjs-backend-wasm-simd.wasm`];
    const threads = [...['_threaded', '_simd_threaded'].map((suffix) => `${tfjs}/tflite_web_api_cc${suffix}.worker.js`), `${kernels}/tfjs-backend-wasm-threaded-simd.worker.js`];
    expect([...emitted.keys()].filter((path) => [tfjs, litert, kernels].some((folder) => path.startsWith(`${folder}/`))).sort()).toEqual([...expected, ...threads].sort());
  });

  it('has the WASM and the scripts of threads byte for byte', () => {
    const wasm = Buffer.from(emitted.get(`${litert}/litert_wasm_internal.wasm`) ?? '');
    expect(wasm.equals(packageFile('@litertjs/core/wasm/litert_wasm_internal.wasm'))).toBe(true);
    const thread = 'tflite_web_api_cc_simd_threaded.worker.js';
    expect(emitted.get(`${tfjs}/${thread}`)).toBe(packageFile(`@tensorflow/tfjs-tflite/wasm/${thread}`).toString());
  });

  it('has tfjs-tflite’s glue patched in both forms, because its threads start from the classic one', () => {
    const patched = withoutDynamicCode(packageFile('@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd_threaded.js').toString());
    expect(emitted.get(`${tfjs}/tflite_web_api_cc_simd_threaded.js`)).toBe(patched);
    expect(emitted.get(`${tfjs}/tflite_web_api_cc_simd_threaded.mjs`)).toBe(`${patched}\nexport default tflite_web_api_ModuleFactory;\n`);
  });

  it('has LiteRT’s glue as it is, and needs no patch for it', () => {
    for (const build of ['litert_wasm_internal', 'litert_wasm_compat_internal', 'litert_wasm_threaded_internal', 'litert_wasm_jspi_internal']) {
      const glue = packageFile(`@litertjs/core/wasm/${build}.js`).toString();
      expect(emitted.get(`${litert}/${build}.js`)).toBe(glue);
      expect(emitted.get(`${litert}/${build}.mjs`)).toBe(`${glue}\nexport default ModuleFactory;\n`);
      expect(glue).not.toMatch(/new Function\(|new_\(Function|[^.\w]eval\(/);
    }
  });

  it('has the glue of TensorFlow.js’ WASM backend as it is, with the factory of each build, and the script of its threads as a file', () => {
    const factories = { 'tfjs-backend-wasm': 'WasmBackendModule', 'tfjs-backend-wasm-threaded-simd': 'WasmBackendModuleThreadedSimd' };
    for (const [build, factory] of Object.entries(factories)) {
      const glue = packageFile(`@tensorflow/tfjs-backend-wasm/wasm-out/${build}.js`).toString();
      expect(emitted.get(`${kernels}/${build}.js`)).toBe(glue);
      expect(glue).toContain(`var ${factory} = (`);
      expect(emitted.get(`${kernels}/${build}.mjs`)).toBe(`${glue}\nexport default ${factory};\n`);
      expect(glue).not.toMatch(/new Function\(|new_\(Function|[^.\w]eval\(/);
    }
    const thread = packageFile('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js').toString();
    expect(emitted.get(`${kernels}/tfjs-backend-wasm-threaded-simd.worker.js`)).toBe(unwrapThread(thread));
  });

  it('has the gallery’s models with their notices, and they are those of the catalogue', () => {
    const { models } = JSON.parse(readFileSync(new URL('models/catalog.json', root), 'utf8')) as { models: { file: string; sha256: string }[] };
    expect([...emitted.keys()].filter((path) => path.startsWith('models/')).sort()).toEqual([...models.map(({ file }) => `models/${file}`), 'models/NOTICE.md', 'models/digits-test.npy', 'models/digits-test-labels.txt', 'models/digit.bmp'].sort());
    for (const { file, sha256 } of models) {
      expect(createHash('sha256').update(emitted.get(`models/${file}`) ?? '').digest('hex'), file).toBe(sha256);
    }
  });
});

describe('the development server', () => {
  type Handler = (request: { url?: string }, response: { headers: Record<string, unknown>; setHeader(name: string, value: unknown): void; end(body: unknown): void }, next: () => void) => void;

  function ask(url: string) {
    const plugin = runtimeAndModelAssets() as unknown as { configResolved(config: object): void; configureServer(server: object): void };
    let handler: Handler = () => undefined;
    plugin.configResolved({ root: fileURLToPath(root) });
    plugin.configureServer({ middlewares: { use(added: Handler) { handler = added; } } });
    const answer = { headers: {} as Record<string, unknown>, body: undefined as unknown, passedOn: false };
    handler(
      { url },
      { headers: answer.headers, setHeader(name, value) { answer.headers[name] = value; }, end(body) { answer.body = body; } },
      () => { answer.passedOn = true; },
    );
    return answer;
  }

  it.each([
    [`/${litert}/litert_wasm_compat_internal.wasm`, 'application/wasm'],
    [`/${tfjs}/tflite_web_api_cc_simd.mjs?import`, 'text/javascript'],
    ['/models/NOTICE.md', 'text/markdown'],
  ])('sends %s as %s, so that an isolated page may use it', (url, type) => {
    const { headers, body } = ask(url);
    expect(headers).toEqual({
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(body as string),
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
  });

  it('passes on what is not among its files, a way out of its folders included', () => {
    for (const url of ['/src/main.ts', `/${tfjs}/../../package.json`, `/${tfjs}/tflite_web_api_client.js`]) {
      expect(ask(url)).toEqual({ headers: {}, body: undefined, passedOn: true });
    }
    expect(existsSync(new URL('node_modules/@tensorflow/tfjs-tflite/wasm/tflite_web_api_client.js', root))).toBe(true);
  });
});
