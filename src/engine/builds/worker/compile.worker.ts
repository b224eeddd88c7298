import type { Call } from '../../../threads/shared/methods';
import { serve } from '../../../threads/worker/serve';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { Build } from '../shared/build';
import { compileModule } from './compile-module';

const methods = {
  /** The module is shared with the caller, not copied: engines keep its code once for all threads. */
  compile: (build: Build, { report }: Call<SessionProgress>): Promise<WebAssembly.Module> => compileModule(build, report),
};

export type CompileMethods = typeof methods;

serve(methods);
