import { expect, test } from 'vitest';
import { openModel } from '../../tflite/format/verify/verify';
import { summarize } from '../../tflite/analysis/summarize';
import { GraphBuilder } from '../../tflite/testing/graph';
import { openedModel, setupOf } from '../testing/fakes';
import { setupKey } from './setup-key';

/** x and two inputs of one shape: one that has its output's name, and one that has not. */
function statefulSetup() {
  const graph = new GraphBuilder();
  const tensors = ['x', 'state_in', 'other', 'state_out', 'rest'].map((name) => graph.tensor(name, { shape: [1, 2] })) as [number, number, number, number, number];
  const [x, before, other, after, rest] = tensors;
  graph.op('ADD', [x, before], [after], 'AddOptions');
  graph.op('ADD', [x, other], [rest], 'AddOptions');
  graph.edges([x, before, other], [after, rest]);
  return setupOf({ ...openedModel(), summary: summarize(openModel(graph.bytes())) });
}

test('What names say is fed back until a person says otherwise, and what a person chose comes back with the model', () => {
  const { state, inputs, signature } = statefulSetup();
  expect(state.inputs.map(({ input, outputs, told }) => [input.name, outputs.length, told?.because])).toEqual([['x', 2, undefined], ['state_in', 2, 'names'], ['other', 2, undefined]]);
  expect(state.feedback).toEqual([{ output: 'state_out', input: 'state_in' }]);
  const key = setupKey({ inputs, signature, state });
  const [, named, other] = state.inputs;
  if (named === undefined || other === undefined) throw new Error('There is no state to choose.');
  state.choose(named, null);
  state.choose(other, 'rest');
  state.chooseAnew(true);
  expect(state.feedback).toEqual([{ output: 'rest', input: 'other' }]);
  expect(setupKey({ inputs, signature, state })).not.toBe(key);
  const { state: again } = statefulSetup();
  again.restore(JSON.parse(JSON.stringify(state.draft)) as typeof state.draft);
  expect([again.feedback, again.anew, again.beginsAnew]).toEqual([state.feedback, true, true]);
});

test('A reset is for the next run alone', () => {
  const { state } = statefulSetup();
  expect([state.beginsAnew, state.kept]).toEqual([false, true]);
  state.reset();
  expect(state.beginsAnew).toBe(true);
  state.ran();
  expect(state.beginsAnew).toBe(false);
});

test('A model of one input has nothing to feed back', () => {
  const { state } = setupOf();
  expect([state.inputs, state.feedback, state.kept]).toEqual([[], [], false]);
});
