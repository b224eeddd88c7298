import { describe, expect, it } from 'vitest';
import { openModel } from '../format/verify/verify';
import { GraphBuilder } from '../testing/graph';
import { fixtureModel, hasFixtures } from '../testing/models';
import { summarize } from './summarize';

const counted = (bytes: Uint8Array) => summarize(openModel(bytes)).signatures.map(({ variables }) => variables);

/** Adds its input to a variable, if it assigns; the handle has a name. */
function adding(assigns: boolean): Uint8Array {
  const graph = new GraphBuilder();
  const [x, handle, held, y] = [graph.tensor('x', { shape: [2] }), graph.tensor('handle', { dtype: 'resource' }), graph.tensor('held', { shape: [2] }), graph.tensor('y', { shape: [2] })];
  graph.op('VAR_HANDLE', [], [handle], 'VarHandleOptions', { shared_name: 'sum' });
  graph.op('READ_VARIABLE', [handle], [held], 'ReadVariableOptions');
  graph.op('ADD', [x, held], [y], 'AddOptions');
  if (assigns) graph.op('ASSIGN_VARIABLE', [handle, y], [], 'AssignVariableOptions');
  graph.edges([x], [y]);
  return graph.bytes();
}

describe('countVariables', () => {
  it('counts resource variables that a run assigns, and none that it only reads', () => {
    expect(counted(adding(true))).toEqual([1]);
    expect(counted(adding(false))).toEqual([undefined]);
  });

  it('counts variable tensors but no inputs', () => {
    const graph = new GraphBuilder();
    const [x, state, y] = [graph.tensor('x', { shape: [2], variable: true }), graph.tensor('state', { shape: [2], variable: true }), graph.tensor('y', { shape: [2] })];
    graph.op('ADD', [x, state], [y], 'AddOptions');
    graph.edges([x], [y]);
    expect(counted(graph.bytes())).toEqual([1]);
  });

  it.skipIf(!hasFixtures)('counts those of published models', () => {
    expect(['okay_nabu_v2', 'keras_lstm_mnist_ptq', 'iris'].map((name) => counted(fixtureModel(`${name}.tflite`)))).toEqual([[6], [2], [undefined]]);
  });
});
