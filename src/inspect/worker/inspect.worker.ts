import { transfer } from 'comlink';
import { LitescopeError } from '../../errors';
import { inspect as text } from '../../messages/inspect';
import { readModelFile } from '../../tflite/format/read-model-file';
import { serve } from '../../threads/worker/serve';
import { describeOp, describeTensor, listOps } from '../describe/shared/describe';
import type { OpDescription, OpRow, TensorDescription, TensorPlace, ValuePage, ValueStatistics } from '../describe/shared/descriptions';
import type { TextPage } from '../../tflite/constants/texts';
import { opsCsv } from '../describe/shared/exports';
import { InspectedModel } from '../describe/shared/inspected';
import type { ModelComparison } from '../diff/shared/comparison';
import { compareModels } from '../diff/worker/compare';
import { ConstantReader } from '../values/worker/constant-reader';
import type { OpPlace, ValueQuestion } from '../shared/questions';

interface Opened {
  readonly inspected: InspectedModel;
  readonly constants: ConstantReader;
}

let opened: Opened | null = null;

function current(): Opened {
  if (opened === null) throw new LitescopeError('UNKNOWN_MODEL', text.nothingOpened);
  return opened;
}

async function read(blob: Blob): Promise<InspectedModel> {
  return new InspectedModel(await readModelFile(blob));
}

/** One model, opened once. Nothing here stops half way: a worker that is too long at it is ended. */
const methods = {
  /** Reads the file that all later questions are about. The Blob is passed by reference. */
  async open(blob: Blob): Promise<void> {
    const inspected = await read(blob);
    opened = { inspected, constants: new ConstantReader(inspected) };
  },
  ops: (): readonly OpRow[] => listOps(current().inspected),
  op: ({ subgraph, op }: OpPlace): OpDescription => describeOp(current().inspected, subgraph, op),
  tensor: ({ subgraph, tensor }: TensorPlace): TensorDescription => describeTensor(current().inspected, subgraph, tensor),
  /** Figures and histogram of a constant. */
  statistics: (place: TensorPlace): ValueStatistics => current().constants.statistics(place),
  values: ({ place, first, count }: ValueQuestion): ValuePage => current().constants.page(place, first, count),
  texts: ({ place, first, count }: ValueQuestion): TextPage => current().constants.texts(place, first, count),
  /** A `.npy` file of the values as stored; moved to the page. */
  npy(place: TensorPlace): ArrayBuffer {
    const file = current().constants.npy(place);
    return transfer(file, [file]);
  },
  opsCsv: (): string => opsCsv(current().inspected),
  /** What differs from another file. */
  compare: async (other: Blob): Promise<ModelComparison> => compareModels(current().inspected, await read(other)),
};

export type InspectMethods = typeof methods;

serve(methods);
