import { expect, it } from 'vitest';
import { inputsOf } from '../../api/inputs';
import { openModelOf } from '../../api/testing/open-model';
import type { Input } from '../../engine/session/shared/protocol';
import { inputsByModel } from './inputs-by-model';

const numbers = (seed: number): Input => ({ kind: 'random', seed, min: 0, max: 1 });

it('inputs of one name stay each model’s own', () => {
  const models = [openModelOf('a', { x: { dtype: 'float32', shape: [4] } }), openModelOf('b', { x: { dtype: 'int8', shape: [2] } })];
  const given = inputsByModel(models.map((model, index) => ({ model, inputs: { sources: { x: numbers(index + 1) } } })));
  expect(models.map((model) => inputsOf(model, given, models, {}))).toEqual([{ x: numbers(1) }, { x: numbers(2) }]);
});
