import * as comlink from 'comlink';
import { readModelFile } from '../../tflite/format/read-model-file';
import { toResult } from '../../threads/shared/result';
import { LitescopeError } from '../../errors';
import { compareModels } from '../diff/worker/compare';
import { ConstantReader } from '../values/worker/constant-reader';
import { describeOp, describeTensor, listOps } from '../describe/shared/describe';
import { opsCsv } from '../describe/shared/exports';
import { InspectedModel } from '../describe/shared/inspected';
import type { InspectWorker } from '../shared/protocol';

interface Opened {
  readonly inspected: InspectedModel;
  readonly constants: ConstantReader;
}

let opened: Opened | null = null;

function current(): Opened {
  if (opened === null) throw new LitescopeError('UNKNOWN_MODEL', 'No file was opened yet.');
  return opened;
}

async function read(blob: Blob): Promise<InspectedModel> {
  return new InspectedModel(await readModelFile(blob));
}

const worker: InspectWorker = {
  open: (blob) => toResult(async () => {
    const inspected = await read(blob);
    opened = { inspected, constants: new ConstantReader(inspected) };
  }),
  ops: () => toResult(() => listOps(current().inspected)),
  op: (subgraph, op) => toResult(() => describeOp(current().inspected, subgraph, op)),
  tensor: ({ subgraph, tensor }) => toResult(() => describeTensor(current().inspected, subgraph, tensor)),
  statistics: (place) => toResult(() => current().constants.statistics(place)),
  values: (place, first, count) => toResult(() => current().constants.page(place, first, count)),
  texts: (place, first, count) => toResult(() => current().constants.texts(place, first, count)),
  async npy(place) {
    const result = await toResult(() => current().constants.npy(place));
    return result.ok ? comlink.transfer(result, [result.value]) : result;
  },
  opsCsv: () => toResult(() => opsCsv(current().inspected)),
  compare: (other) => toResult(async () => compareModels(current().inspected, await read(other))),
  cancel: () => undefined,
};

comlink.expose(worker);
