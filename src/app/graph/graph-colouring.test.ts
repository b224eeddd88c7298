import { expect, test } from 'vitest';
import { layoutGraph } from '../../graph/layout/worker/layout';
import { madeGraph } from '../../graph/testing/made';
import { darkFamilies, darkRamp, type Palette } from '../../graph/drawing/shared/palette';
import type { OpFate, OpTime } from '../../report/op-profile';
import { timesOf } from '../profile/profile-numbers';
import { GraphColouring } from './graph-colouring.svelte';
import type { GraphState } from './graph-state.svelte';
import { byFamily, measuredTimes, OpNumberSets } from './op-number-sets.svelte';
import { formatLimit, formatTime } from './op-number-text';

const palette: Palette = { ground: '#000', surface: '#111', ink: '#fff', inkSoft: '#ccc', line: '#333', lineStrong: '#777', accent: '#0ff', accentSoft: '#044', hit: '#660', families: darkFamilies, ramp: darkRamp };
const graph = madeGraph([{ inputs: [0] }, { inputs: [1], scope: 'net/a' }, { inputs: [2], scope: 'net/a' }, { inputs: [3], name: 'RELU' }, { inputs: [4], name: 'RESHAPE' }]);
const layout = layoutGraph(graph, { graph: 0, closed: ['net/a@1'], folded: true, page: null });
const steps = layout.nodes.filter(({ kind }) => kind === 'op' || kind === 'group');

const timed: OpFate = { kind: 'timed' };
const opTime = (op: number, time_ms: number, fate: OpFate = timed): OpTime => ({
  op, kind: 'CONV_2D', name: '', fate, time_ms, interval_ms: null, accelerated: null, kernel: null, macs: null, bytes: null, times_called: 1,
});
const profile = timesOf({ method: 'profiler', runs: 5, invoke_ms: 2, other_ms: 0, subgraph: 0, ops: [opTime(0, 1), opTime(1, 0.5), opTime(2, 0.25), opTime(3, 0, { kind: 'fused', into: 2 }), opTime(4, 0.25)] });

function scene(foldable: readonly number[] = []) {
  const sets = new OpNumberSets();
  const drawing = { model: { graphs: [graph] }, graph, layout, steps, folded: true, foldable: foldable.map((index) => ({ index })) } as unknown as GraphState;
  return { sets, colouring: new GraphColouring(drawing, () => sets, palette) };
}

test('What was measured stands on nodes whatever they are coloured by, a closed group with the sum of its ops', () => {
  const { sets, colouring } = scene();
  expect([colouring.times.size, sets.chosen]).toEqual([0, byFamily]);
  sets.put(profile);
  // The colour stays as it was chosen.
  expect([sets.chosen, colouring.fills.size]).toEqual([byFamily, 0]);
  expect([...colouring.times]).toEqual([['op 0', '1.00 ms'], ['net/a@1', '0.750 ms'], ['op 4', '0.250 ms']]);
  const said = () => steps.map((node) => colouring.numbersOf(node));
  expect(said()).toEqual([['1.00 ms, 50.0 % of the time of all ops'], ['0.750 ms, 37.5 % of the time of all ops'], [], ['0.250 ms, 12.5 % of the time of all ops']]);
  sets.choose('macs');
  expect([said()[1], colouring.times.get('op 0')]).toEqual([['0.750 ms, 37.5 % of the time of all ops', 'MACs 3'], '1.00 ms']);
});

test('No time of its own, a time of 0 and little time look different', () => {
  const { sets, colouring } = scene();
  sets.put({ ...profile, values: new Map([[0, new Map([[0, 1], [1, 0], [2, 0], [4, 0.001]])]]) });
  sets.choose(measuredTimes);
  expect([...colouring.fills]).toEqual([['op 0', darkRamp.at(-1)], ['net/a@1', palette.surface], ['op 3', null], ['op 4', darkRamp[0]]]);
  expect([colouring.someZero, colouring.someMissing]).toEqual([true, true]);
  sets.put(profile);
  expect([colouring.someZero, colouring.someMissing]).toEqual([false, true]);
});

test('What ops that are hidden took is told, and counts among the time of all ops', () => {
  const { sets, colouring } = scene([4]);
  expect(colouring.hiddenTime).toBe(0);
  sets.put(profile);
  expect(colouring.hiddenTime).toBe(0.25);
});

test('Times fit into the room that nodes have for them, and limits of colours are short', () => {
  expect([0, 0.0004, 0.0006, 0.594, 12.345, 1234.5, 9999].map(formatTime)).toEqual(['0.000 ms', '< 1 µs', '0.600 µs', '0.594 ms', '12.3 ms', '1,235 ms', '9,999 ms']);
  expect([[0.005, 'ms'], [0.59432, 'ms'], [20, 'ms'], [7_372_800, ''], [200_000, 'B'], [3000, 'B'], [1_290_000, 'B'], [-12.5, 'dB of signal'], [0.00002, '% of range']].map(([value, unit]) => formatLimit(Number(value), String(unit))))
    .toEqual(['0.005', '0.594', '20', '7.37 M', '200 kB', '3 kB', '1.29 MB', '−12.5', '0.00002']);
});
