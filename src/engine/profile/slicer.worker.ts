import * as comlink from 'comlink';
import { LitescopeError } from '../../errors';
import { cutAfter } from '../../rewrite/slice';
import { modelCosts } from '../../tflite/costs';
import type { Model } from '../../tflite/model';
import { summarize } from '../../tflite/summarize';
import { openModel } from '../../tflite/verify';
import { writeModelParts } from '../../tflite/writer';
import { toResult } from '../result';
import { opFacts } from './op-facts';
import type { SlicedOp, SlicerWorker } from './slicer-protocol';

/** Operations of arithmetic that take as long as it takes to move a byte, roughly, on the machines of today. */
const operationsPerByte = 2;

let opened: { readonly model: Model; readonly subgraph: number } | null = null;

function describe(model: Model, subgraph: number): readonly SlicedOp[] {
  const costs = modelCosts(model).perOp.filter((cost) => cost.subgraph === subgraph);
  return opFacts(model, subgraph).map((facts, index) => {
    const cost = costs[index];
    const weight = cost === undefined ? 1 : cost.flops + operationsPerByte * (cost.bytesRead + cost.bytesWritten);
    return { ...facts, once: cost?.once === true, weight };
  });
}

const exposed: SlicerWorker = {
  open: ({ model: file, subgraph }) => toResult(async () => {
    const model = openModel(new Uint8Array(await file.arrayBuffer()));
    opened = { model, subgraph };
    return describe(model, subgraph);
  }),
  cut: (op) => toResult(() => {
    if (opened === null) throw new LitescopeError('SESSION_CLOSED', 'No model is open to be cut.');
    const parts = writeModelParts(cutAfter(opened.model, opened.subgraph, op));
    // The file is read again as any other: what was cut must be as sound as what came from outside.
    const blob = new Blob(parts as Uint8Array<ArrayBuffer>[]);
    return blob.arrayBuffer().then((bytes) => ({ blob, summary: summarize(openModel(new Uint8Array(bytes))) }));
  }),
  cancel: () => undefined,
};

comlink.expose(exposed);
