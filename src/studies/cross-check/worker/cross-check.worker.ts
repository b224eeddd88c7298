import { exposeTensors } from '../../../quantize/prepare';
import { summarize } from '../../../tflite/analysis/summarize';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { openModel } from '../../../tflite/format/verify/verify';
import { writeModel } from '../../../tflite/format/write/writer';
import { serve } from '../../../threads/worker/serve';
import { differenceOf } from '../shared/differences';
import type { ExposedModel, Opinions, TensorDifferences, TensorPlan } from '../shared/protocol';
import { tensorsToCheck } from './tensors';

/** Each call is one step that cannot stop in its middle; the page ends the worker when it takes too long. */
const methods = {
  plan: async (blob: Blob): Promise<TensorPlan> => tensorsToCheck(await readModelFile(blob)),

  /** The model with these tensors of its first subgraph as its outputs, and its own behind them. */
  async expose({ model: file, tensors }: { readonly model: Blob; readonly tensors: readonly number[] }): Promise<ExposedModel> {
    const model = await readModelFile(file);
    // Its own outputs stay: tfjs-tflite traps on some models where nothing reads what their last ops compute.
    const own = model.subgraphs[0]?.outputs ?? [];
    const bytes = writeModel(exposeTensors(model, [...new Set([...tensors, ...own])]));
    return { blob: new Blob([bytes]), summary: summarize(openModel(bytes)) };
  },

  /** The values are moved in; the differences at each tensor come back. */
  compare: ({ runtimes, tolerance }: Opinions): readonly TensorDifferences[] => (runtimes[0]?.tensors ?? []).map((_, position) => ({
    pairs: runtimes.flatMap((one, index) => runtimes.slice(index + 1).flatMap((other) => {
      const [a, b] = [one.tensors[position], other.tensors[position]];
      return a === undefined || b === undefined ? [] : [{ pair: [one.runtime, other.runtime] as const, ...differenceOf(a, b, tolerance) }];
    })),
    local: runtimes.flatMap(({ runtime, tensors, expected }) => {
      const [wanted, got] = [expected?.[position], tensors[position]];
      return wanted === undefined || got === undefined ? [] : [{ runtime, ...differenceOf(wanted, got, tolerance) }];
    }),
  })),
};

export type CrossCheckMethods = typeof methods;

serve(methods);
