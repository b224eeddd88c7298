import { describe, expect, test } from 'vitest';
import { LitescopeError } from '../errors';
import { addition, buildModel } from '../tflite/testing/build';
import { mutations } from '../tflite/testing/mutations';
import { calling, perChannel, rich } from '../tflite/testing/varied';
import { openModel, verify } from '../tflite/format/verify/verify';
import { compareModels } from './diff/worker/compare';
import { ConstantReader } from './values/worker/constant-reader';
import { describeOp, describeTensor, listOps } from './describe/shared/describe';
import { opsCsv } from './describe/shared/exports';
import { InspectedModel } from './describe/shared/inspected';

const sound = new InspectedModel(openModel(rich));

/** What a value's reader may say of a constant that contradicts itself. */
const refusals: readonly string[] = ['UNSUPPORTED_DTYPE', 'INVALID_INPUT', 'INVALID_QUANTIZATION', 'CORRUPTED', 'OUT_OF_MEMORY'];

/** Looks at everything in a model that could be opened; whatever is thrown here, but for what readers of values refuse, fails the test. */
function lookAtAll(inspected: InspectedModel): void {
  const reader = new ConstantReader(inspected);
  for (const { index: subgraph, operators, tensors } of inspected.model.subgraphs) {
    for (const { index } of operators) describeOp(inspected, subgraph, index);
    for (const { index: tensor } of tensors) {
      const { values } = describeTensor(inspected, subgraph, tensor);
      if (!values.available) continue;
      try {
        if (values.dtype === 'string') reader.texts({ subgraph, tensor }, 0, 10);
        else {
          reader.page({ subgraph, tensor }, 0, 10);
          reader.statistics({ subgraph, tensor });
        }
      } catch (error) {
        expect(error).toBeInstanceOf(LitescopeError);
        expect(refusals).toContain((error as LitescopeError).code);
      }
    }
  }
  listOps(inspected);
  opsCsv(inspected);
  expect(compareModels(inspected, inspected).opCounts).toMatchObject({ onlyA: 0, onlyB: 0 });
  compareModels(inspected, sound);
  compareModels(sound, inspected);
}

describe('whatever can be opened can be looked at', () => {
  test('of 2,000 damaged files', () => {
    const counts = { sound: 0, noted: 0 };
    for (const { name, bytes } of mutations([rich, buildModel(addition()), calling, perChannel], 2000, 20261130)) {
      let inspected: InspectedModel;
      try {
        inspected = new InspectedModel(openModel(bytes));
      } catch (error) {
        if (error instanceof LitescopeError) continue;
        throw error;
      }
      counts[verify(inspected.model).some(({ runs }) => !runs) ? 'noted' : 'sound'] += 1;
      try {
        lookAtAll(inspected);
      } catch (error) {
        throw new Error(`${name}: ${String(error)}`, { cause: error });
      }
    }
    // Both kinds are there, so that neither goes untested.
    expect(counts.sound).toBeGreaterThan(300);
    expect(counts.noted).toBeGreaterThan(60);
  }, 60_000);
});
