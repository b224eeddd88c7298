import { expect, test } from 'vitest';
import { LitescopeError } from '../errors';
import type { Model } from '../tflite/format/model';
import { addition, buildModel } from '../tflite/testing/build';
import { mutations } from '../tflite/testing/mutations';
import { calling, perChannel, rich } from '../tflite/testing/varied';
import { openModel, verify } from '../tflite/format/verify/verify';
import { writeModel } from '../tflite/format/write/writer';
import { edgeTypes } from './edge-types';
import { editMetadata } from './edit-metadata';
import type { Pass } from './pass';
import { passes } from './passes';
import { cutAfter, sliceModel } from './slice';

const all: readonly Pass[] = [...passes, edgeTypes({ inputs: 'float32', outputs: 'float32' }), editMetadata({ name: 'another' })];

/** The model that a step makes, or the code of its typed error. */
function outcome(step: () => Model): Model | string {
  try {
    return step();
  } catch (error) {
    if (error instanceof LitescopeError) return error.code;
    throw error;
  }
}

test('of 800 damaged files every one that opens is rewritten into one that opens, or refused by a typed error', () => {
  const counts = { refused: 0, made: 0 };
  for (const { name, bytes } of mutations([rich, buildModel(addition()), calling, perChannel], 800, 20261202)) {
    const model = outcome(() => openModel(bytes));
    if (typeof model === 'string') continue;
    const sound = verify(model).every(({ runs }) => runs);
    const steps = [...all.map((pass) => () => pass.apply(model).model), () => sliceModel(model, { subgraph: 0, outputs: model.subgraphs[0]?.outputs ?? [] }), () => cutAfter(model, 0, 0)];
    for (const step of steps) {
      try {
        const made = outcome(step);
        if (made === 'MODEL_UNSOUND') expect(sound).toBe(false);
        if (typeof made === 'string') {
          counts.refused += 1;
          continue;
        }
        const written = outcome(() => openModel(writeModel(made)));
        // What opened stays what can be opened; zero points that were not read exactly are not written.
        if (typeof written === 'string') expect(written).toBe('INVALID_QUANTIZATION');
        counts.made += 1;
      } catch (error) {
        throw new Error(`${name}: ${String(error)}`, { cause: error });
      }
    }
  }
  expect(counts.made).toBeGreaterThan(1000);
  expect(counts.refused).toBeGreaterThan(200);
}, 60_000);
