import * as comlink from 'comlink';
import { exposeTensors } from '../../../quantize/prepare';
import { summarize } from '../../../tflite/analysis/summarize';
import { openModel } from '../../../tflite/format/verify/verify';
import { writeModel } from '../../../tflite/format/write/writer';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { toResult } from '../../../threads/shared/result';
import { differenceOf } from '../shared/differences';
import type { CrossCheckWorker } from '../shared/protocol';
import { tensorsToCheck } from './tensors';

const exposed: CrossCheckWorker = {
  plan: (blob) => toResult(async () => tensorsToCheck(await readModelFile(blob))),
  expose: (blob, tensors) => toResult(async () => {
    const model = await readModelFile(blob);
    // Its own outputs stay: tfjs-tflite traps on some models where nothing reads what their last ops compute.
    const own = model.subgraphs[0]?.outputs ?? [];
    const bytes = writeModel(exposeTensors(model, [...new Set([...tensors, ...own])]));
    return { blob: new Blob([bytes]), summary: summarize(openModel(bytes)) };
  }),
  compare: (runtimes, tolerance) => toResult(() => (runtimes[0]?.tensors ?? []).map((_, position) => ({
    pairs: runtimes.flatMap((one, index) => runtimes.slice(index + 1).flatMap((other) => {
      const [a, b] = [one.tensors[position], other.tensors[position]];
      return a === undefined || b === undefined ? [] : [{ pair: [one.runtime, other.runtime] as const, ...differenceOf(a, b, tolerance) }];
    })),
    local: runtimes.flatMap(({ runtime, tensors, expected }) => {
      const [wanted, got] = [expected?.[position], tensors[position]];
      return wanted === undefined || got === undefined ? [] : [{ runtime, ...differenceOf(wanted, got, tolerance) }];
    }),
  }))),
  // Each call is one step that cannot stop in its middle; the page ends the worker when it takes too long.
  cancel: () => undefined,
};

comlink.expose(exposed);
