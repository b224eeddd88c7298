import * as comlink from 'comlink';
import { compileModule } from './compile-module';
import type { ProgressCallback, Variant } from '../../session/shared/protocol';
import { toResult, type Result } from '../../../threads/shared/result';

export interface CompileWorker {
  /** The module is shared with the caller, not copied: engines keep its code once for all threads. */
  compile(variant: Variant, onProgress: ProgressCallback): Promise<Result<WebAssembly.Module>>;
  cancel(): void;
}

const exposed: CompileWorker = {
  compile: (variant, onProgress) => toResult(() => compileModule(variant, onProgress)),
  cancel: () => undefined,
};

comlink.expose(exposed);
