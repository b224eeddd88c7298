import { rollup } from 'd3-array';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { clampingOps, opsThatClamp } from '../../../rewrite/fuse-activations';
import { cutAfter, edgesOf, sliceModel } from '../../../rewrite/slice';
import { type OpCost, modelCosts } from '../../../tflite/analysis/costs';
import type { Model } from '../../../tflite/format/model';
import { summarize } from '../../../tflite/analysis/summarize';
import { openModel } from '../../../tflite/format/verify/verify';
import { readModelFile } from '../../../tflite/format/read-model-file';
import { writeModelParts } from '../../../tflite/format/write/writer';
import { serve } from '../../../threads/worker/serve';
import { olderInputs } from './older-inputs';
import { opFacts } from './op-facts';
import { smallestModel } from './smallest-model';
import type { OpSpan, SlicedModel, SlicedOp, SlicedPart, SliceRequest } from '../shared/slicer-protocol';

/** Operations of arithmetic that take as long as it takes to move a byte, roughly, on the machines of today. */
const operationsPerByte = 2;

let opened: { readonly model: Model; readonly subgraph: number; readonly perOp: readonly OpCost[] } | null = null;

function describe(model: Model, subgraph: number, perOp: readonly OpCost[]): readonly SlicedOp[] {
  const costs = perOp.filter((cost) => cost.subgraph === subgraph);
  const joined = joinedOps(model, subgraph, (op) => costs[op]?.once === true);
  return opFacts(model, subgraph).map((facts, index) => {
    const cost = costs[index];
    const weight = cost === undefined ? 1 : cost.flops + operationsPerByte * (cost.bytesRead + cost.bytesWritten);
    return { ...facts, once: cost?.once === true, joined: joined.has(index), weightBytes: cost?.weightBytes ?? 0, writtenBytes: cost?.once === true ? 0 : cost?.bytesWritten ?? 0, weight };
  });
}

/** Ops that clamp the result of the running op before them, where that is all that the result is for. */
function joinedOps(model: Model, subgraph: number, isOnce: (op: number) => boolean): ReadonlySet<number> {
  const graph = model.subgraphs[subgraph];
  if (graph === undefined) return new Set();
  const readers = rollup(graph.operators.flatMap(({ inputs }) => inputs), ({ length }) => length, (tensor) => tensor);
  const running = graph.operators.filter(({ index }) => !isOnce(index));
  return new Set(running.flatMap(({ index, code, inputs: [read = -1] }, at) => {
    const before = running[at - 1];
    const alone = before?.outputs.length === 1 && before.outputs[0] === read && readers.get(read) === 1 && !graph.outputs.includes(read);
    return alone && clampingOps.has(code.name) && opsThatClamp.has(before.code.name) ? [index] : [];
  }));
}

/** The file is read again as any other: what was cut must be as sound as what came from outside. */
async function asModel(cut: Model): Promise<SlicedModel> {
  const blob = new Blob(writeModelParts(cut) as Uint8Array<ArrayBuffer>[]);
  return { blob, summary: summarize(openModel(new Uint8Array(await blob.arrayBuffer()))) };
}

function requireOpened(): NonNullable<typeof opened> {
  if (opened === null) throw new LitescopeError('SESSION_CLOSED', text.nothingToCut);
  return opened;
}

const methods = {
  async open({ model: file, subgraph }: SliceRequest): Promise<readonly SlicedOp[]> {
    const model = await readModelFile(file);
    const { perOp } = modelCosts(model);
    opened = { model, subgraph, perOp };
    return describe(model, subgraph, perOp);
  },

  /** The model up to an op, itself included. */
  cut(op: number): Promise<SlicedModel> {
    const { model, subgraph } = requireOpened();
    return asModel(cutAfter(model, subgraph, op));
  },

  /** A model that takes as long as any run takes beside its ops. */
  nothing: (): Promise<SlicedModel> => asModel(smallestModel()),

  /** Some ops, given what they read. */
  async part({ first, last }: OpSpan): Promise<SlicedPart> {
    const { model, subgraph, perOp } = requireOpened();
    const edges = edgesOf(model, subgraph, first, last);
    const part = await asModel(sliceModel(model, edges));
    const { tensors, bytes } = olderInputs(model, subgraph, perOp, edges.inputs, first);
    const tensorNames = new Set(tensors.map((tensor) => model.subgraphs[subgraph]?.tensors[tensor]?.name));
    const names = part.summary.signatures[0]?.inputs.filter(({ tensorName }) => tensorNames.has(tensorName)).map(({ name }) => name) ?? [];
    return { ...part, older: { names, bytes } };
  },
};

export type SlicerMethods = typeof methods;

serve(methods);
