import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { asItIs, unwrapThread, withoutDynamicCode } from './glue.ts';
import { readPacked } from './packed-assets.ts';

const require = createRequire(import.meta.url);

/** The project's folder, whatever folder a configuration has for its root. */
const project = resolve(import.meta.dirname, '..', '..');

interface RuntimePackage {
  readonly name: 'tfjs-tflite' | 'litert' | 'tfjs-kernels';
  readonly package: string;
  /** Where its WASM lies in the package. */
  readonly folder: string;
  /** What a glue script calls its factory. */
  readonly factory: (file: string) => string;
  readonly files: RegExp;
  readonly patch: (glue: string) => string;
  /** The script of a thread as the package brings it, turned into a classic script. */
  readonly thread: (script: string) => string;
}

const packages: readonly RuntimePackage[] = [
  {
    name: 'tfjs-tflite',
    package: '@tensorflow/tfjs-tflite',
    folder: 'wasm',
    factory: () => 'tflite_web_api_ModuleFactory',
    files: /^tflite_web_api_cc.*\.(js|wasm)$/,
    patch: withoutDynamicCode,
    thread: asItIs,
  },
  { name: 'litert', package: '@litertjs/core', folder: 'wasm', factory: () => 'ModuleFactory', files: /^litert_wasm_.*\.(js|wasm)$/, patch: asItIs, thread: asItIs },
  {
    name: 'tfjs-kernels',
    package: '@tensorflow/tfjs-backend-wasm',
    folder: 'wasm-out',
    factory: (file) => (file.includes('threaded') ? 'WasmBackendModuleThreadedSimd' : 'WasmBackendModule'),
    // The package starts both builds without threads with one glue script; their thread scripts are empty.
    files: /^tfjs-backend-wasm(-threaded-simd)?\.js$|^tfjs-backend-wasm(-simd|-threaded-simd)?\.wasm$|^tfjs-backend-wasm-threaded-simd\.worker\.js$/,
    patch: asItIs,
    thread: unwrapThread,
  },
];

function packageFolder(name: string): string {
  // Neither package exports its package.json, so the way goes over the entry point.
  const entry = require.resolve(name);
  return entry.slice(0, entry.lastIndexOf(join('node_modules', ...name.split('/')))) + join('node_modules', ...name.split('/'));
}

export function packageVersion(name: string): string {
  return (JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')) as { version: string }).version;
}

/** Versions of the runtimes' packages, which are part of the files' addresses, so that caches never mix them; and of Litescope, which compiles. */
export const runtimeVersions: Readonly<Record<RuntimePackage['name'] | 'compiled', string>> = {
  'tfjs-tflite': packageVersion('@tensorflow/tfjs-tflite'),
  litert: packageVersion('@litertjs/core'),
  'tfjs-kernels': packageVersion('@tensorflow/tfjs-backend-wasm'),
  compiled: (JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }).version,
};

type Asset = { readonly path: string; readonly type: string; readonly read: () => Buffer | string };

/**
 * Every file that the runtimes need, as `runtimes/NAME-VERSION/FILE`. Each glue script comes twice: as it is for
 * the threads of Emscripten, which import it as a classic script, and as a module (`.mjs`) for the session's worker.
 */
function runtimeAssets(): Asset[] {
  return packages.flatMap((runtime) => {
    const folder = join(packageFolder(runtime.package), runtime.folder);
    const base = `runtimes/${runtime.name}-${runtimeVersions[runtime.name]}`;
    return readdirSync(folder).filter((file) => runtime.files.test(file)).flatMap((file): Asset[] => {
      const source = join(folder, file);
      if (file.endsWith('.wasm')) return [{ path: `${base}/${file}`, type: 'application/wasm', read: () => readFileSync(source) }];
      const glue = () => {
        const text = readFileSync(source, 'utf8');
        return file.endsWith('.worker.js') ? runtime.thread(text) : runtime.patch(text);
      };
      const classic: Asset = { path: `${base}/${file}`, type: 'text/javascript', read: glue };
      if (file.endsWith('.worker.js')) return [classic];
      return [classic, {
        path: `${base}/${file.replace(/\.js$/, '.mjs')}`,
        type: 'text/javascript',
        read: () => `${glue()}\nexport default ${runtime.factory(file)};\n`,
      }];
    });
  });
}

/** Apache-2.0 asks that whoever receives these files receives the licence and is told where they come from. */
function noticeAssets(): Asset[] {
  const lines = packages.map((runtime) => `- \`${runtime.name}-${runtimeVersions[runtime.name]}/\`: from the npm package ${runtime.package} ${runtimeVersions[runtime.name]}, © Google LLC, Apache-2.0`);
  const notice = `# The runtimes in this folder\n\n${lines.join('\n')}\n\nThe glue scripts of tfjs-tflite are changed so that they need no \`eval\`; the thread script of tfjs-kernels is taken out of the string that its package keeps it in; all glue comes a second time as modules (.mjs).\nThe licence is in \`../LICENSE\`.\n`;
  return [
    { path: 'runtimes/NOTICE.md', type: 'text/markdown', read: () => notice },
    { path: 'LICENSE', type: 'text/plain', read: () => readFileSync(join(project, 'LICENSE')) },
  ];
}

/** What the project's own models come with: a test set, and a picture to begin with. */
const ownFiles: Readonly<Record<string, string>> = { 'digits-test.npy': 'application/octet-stream', 'digits-test-labels.txt': 'text/plain', 'digit.bmp': 'image/bmp' };

type ModelSource = { readonly package: string; readonly path: string; readonly part?: string } | { readonly project: string };

function readModel(source: ModelSource): Buffer {
  if ('project' in source) return readFileSync(join(project, 'models', source.project));
  const path = join(project, 'node_modules', source.package, source.path);
  return source.part === undefined ? readFileSync(path) : readPacked(path, source.part);
}

/** The gallery's models with their notices, as `models/FILE`. */
function modelAssets(): Asset[] {
  const catalogue = JSON.parse(readFileSync(join(project, 'models/catalog.json'), 'utf8')) as {
    models: readonly { file: string; sha256: string; source: ModelSource }[];
  };
  return [
    ...catalogue.models.map(({ file, sha256, source }): Asset => ({
      path: `models/${file}`,
      type: 'application/octet-stream',
      read: () => {
        const bytes = readModel(source);
        if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`${file} is another file than the catalogue describes.`);
        return bytes;
      },
    })),
    ...Object.entries(ownFiles).map(([file, type]): Asset => ({ path: `models/${file}`, type, read: () => readFileSync(join(project, 'models/digits', file)) })),
    { path: 'models/NOTICE.md', type: 'text/markdown', read: () => readFileSync(join(project, 'models/NOTICE.md')) },
  ];
}

/** Serves the runtimes and the gallery's models in development and copies them, and nothing else of their packages, into a build. */
export function runtimeAndModelAssets(): Plugin {
  let assets: Asset[] = [];
  return {
    name: 'litescope:assets',
    configResolved() {
      assets = [...runtimeAssets(), ...modelAssets(), ...noticeAssets()];
    },
    configureServer(server) {
      const byPath = new Map(assets.map((asset) => [`/${asset.path}`, asset]));
      server.middlewares.use((request, response, next) => {
        const asset = byPath.get((request.url ?? '').split('?')[0] ?? '');
        if (asset === undefined) return next();
        const body = asset.read();
        response.setHeader('Content-Type', asset.type);
        response.setHeader('Content-Length', Buffer.byteLength(body));
        response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
        response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
        response.end(body);
      });
    },
    generateBundle() {
      for (const asset of assets) this.emitFile({ type: 'asset', fileName: asset.path, source: asset.read() });
    },
  };
}
