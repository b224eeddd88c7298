import { transfer } from 'comlink';
import { serve } from '../../threads/worker/serve';
import { readBytes } from '../../tensor/read-file';
import type { OutputTensor } from '../../vision/shared/types';
import { outputDifferences, type OutputDifference } from '../shared/difference';
import type { ReadRun, RunToSave } from '../shared/format';
import { packRun, unpackRun } from './archive';

const methods = {
  /** @returns a file, moved to the page */
  pack(run: RunToSave): Uint8Array<ArrayBuffer> {
    const bytes = packRun(run);
    return transfer(bytes, [bytes.buffer]);
  },

  /** Its tensors are moved to the page. @throws LitescopeError INVALID_RUN, NEWER_RUN, FILE_UNREADABLE */
  async unpack(file: Blob): Promise<ReadRun> {
    const run = unpackRun(await readBytes(file));
    return transfer(run, [...run.inputs, ...run.outputs].map(({ data }) => data));
  },

  compare: ({ saved, now }: { readonly saved: readonly OutputTensor[]; readonly now: readonly OutputTensor[] }): readonly OutputDifference[] => outputDifferences(saved, now),
};

export type GoldenMethods = typeof methods;

serve(methods);
