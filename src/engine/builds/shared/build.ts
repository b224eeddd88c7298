import type { RuntimeName } from '../../configuration/shared/configuration';

/** One WASM build of a runtime: where its files lie, absolute. */
export interface Build {
  readonly runtime: RuntimeName;
  /** `simd-threaded`, `compat`, `jspi`, … */
  readonly name: string;
  /** npm version of the runtime's package; of `compiled` that of Litescope. */
  readonly version: string;
  readonly threaded: boolean;
  /** Folder with a closing slash. */
  readonly folder: string;
  /** The glue as a module, and as the classic script that Emscripten's threads import. All three are empty for a build without WASM. */
  readonly moduleFile: string;
  readonly classicFile: string;
  readonly wasmFile: string;
}
