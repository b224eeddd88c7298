import { describe, expect, test } from 'vitest';
import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import type { OutputsComparison } from '../../studies/accuracy/shared/outputs-comparison';
import type { GivenSample } from '../../api/samples';
import { LitescopeError } from '../../errors';
import type { OpNumbers } from '../../graph/model/shared/op-numbers';
import { defaultPlan } from '../../report/benchmark';
import { defaultComparisonPlan } from '../../report/comparison';
import { madeReport } from '../../report/testing/made-report';
import type { Report } from '../../report/report';
import { fakeLitescope, openedModel, setupOf } from '../testing/fakes';
import { OutputsState } from './outputs-state.svelte';
import type { InputSet, SampleFile } from './sample-files';

const auto = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
const [a, b, c] = ['a', 'b', 'c'].map((letter) => openedModel(letter.repeat(16)));
if (a === undefined || b === undefined || c === undefined) throw new Error('Three models are needed.');
const others = [{ model: b }, { model: c }];
const comparisonOf = (ids: readonly string[]) => ({ models: ids.map((id) => ({ id })) }) as unknown as OutputsComparison;
const noLatency = { configurations: [], plan: defaultPlan, comparison: defaultComparisonPlan };
const keepNothing = (): Promise<void> => Promise.resolve();
const picture = (name: string, label: string | null = null) => ({ name, file: new File([name], name, { type: 'image/png' }), kind: 'picture' as const, label });
const setOf = (...samples: InputSet['samples']): InputSet => ({ samples, labelledBy: samples.some(({ label }) => label !== null) ? 'folders' : null, unused: 0, unknownRows: 0 });

function scene() {
  const asked: { readonly ids: readonly string[]; readonly samples: readonly GivenSample[]; readonly options: Readonly<Record<string, unknown>> }[] = [];
  const litescope = fakeLitescope({
    compare: (ids, _, samples = [], options = {}) => { asked.push({ ids, samples, options: { ...options } }); return Promise.resolve(comparisonOf(ids)); },
  });
  return { litescope, asked, setup: setupOf(a), state: new OutputsState() };
}

const fileOf = (sample: SampleFile): Blob | null => (sample.kind === 'row' ? null : sample.file);

describe('models that are compared on what is set up', () => {
  test('get the picture without the preprocessing that is only a default, which each model has of its own', async () => {
    const { litescope, asked, setup, state } = scene();
    const [input] = setup.inputs.list;
    const name = input?.tensor.name ?? '';
    await state.compare(litescope, setup, others, auto, noLatency, keepNothing, {});
    expect(asked[0]?.ids).toEqual([a.id, b.id, c.id]);
    expect(asked[0]?.samples).toEqual([{ inputs: { [name]: { kind: 'image', image: setup.pictures.latest?.blob } }, name: 'cat.jpg' }]);
    // The results of a lone sample are looked at without being asked for.
    expect(asked[0]?.options).toMatchObject({ results: true, flag_mse: state.flagMse });
    expect([state.look?.index, state.finished?.pictures]).toEqual([0, [setup.pictures.latest?.blob]]);
    const own = input?.defaultPreprocessing ?? null;
    input?.choosePreprocessing(own);
    await state.compare(litescope, setup, others, auto, noLatency, keepNothing, {});
    expect(asked[1]?.samples[0]?.inputs).toEqual({ [name]: { kind: 'image', image: setup.pictures.latest?.blob, preprocessing: own } });
  });

  test('are measured one configuration after the other, and what is known stays when that is cancelled', async () => {
    const { setup, state } = scene();
    const litert = { ...auto, runtime: 'litert' } as const;
    const report = madeReport({ ops: 0, samples: 1 });
    const kept: Report[] = [];
    let turns = 0;
    const litescope = fakeLitescope({
      compare: (ids) => Promise.resolve(comparisonOf(ids)),
      benchmark: () => { turns += 1; return turns === 1 ? Promise.resolve(report) : Promise.reject(new LitescopeError('CANCELLED')); },
    });
    const latency = { ...noLatency, configurations: [auto, litert] };
    await expect(state.compare(litescope, setup, others, auto, latency, (made) => { kept.push(made); return Promise.resolve(); }, {})).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([kept, state.finished?.reports, state.finished?.comparison.models.length]).toEqual([[report], [report], 3]);
  });
});

describe('models that are compared on files', () => {
  test('get each picture in the first input that takes one, and are looked at only when asked', async () => {
    const { litescope, asked, setup, state } = scene();
    const set = setOf(picture('1.png', 'cat'), picture('2.png', 'dog'));
    state.chooseSet(set);
    await state.compare(litescope, setup, others, auto, noLatency, keepNothing, {});
    const name = setup.inputs.list[0]?.tensor.name ?? '';
    expect(asked[0]?.samples).toEqual(set.samples.map((sample) => ({ inputs: { [name]: { kind: 'image', image: fileOf(sample) } }, name: sample.name, label: sample.label })));
    // Whoever brings labels takes the outputs for classes, where nobody has said something else.
    expect(asked[0]?.options).toMatchObject({ results: false, decoder: { kind: 'classification', top: 5 } });
    expect([state.look, state.finished?.pictures]).toEqual([null, set.samples.map(fileOf)]);
    state.show(c.id);
    await state.lookAt(litescope, setup, 1, {});
    expect([asked[1]?.ids, asked[1]?.samples.map((sample) => sample.name), state.look?.index, state.shown]).toEqual([[a.id, c.id], ['2.png'], 1, 2]);
    // Another model's results are not those that were looked at.
    state.show(b.id);
    expect([state.look, state.shown]).toEqual([null, 1]);
  });

  test('have no decoder of classes where the person said that there is none', async () => {
    const { litescope, asked, setup, state } = scene();
    state.chooseSet(setOf(picture('1.png', 'cat')));
    setup.decoding.choose('none');
    await state.compare(litescope, setup, others, auto, noLatency, keepNothing, {});
    expect(asked[0]?.options.decoder).toBeUndefined();
  });

  test('wait while files are read, and keep the former ones when that fails', async () => {
    const { state } = scene();
    const set = setOf(picture('1.png'));
    const taking = state.takeSet(() => Promise.resolve(set));
    expect(state.taking).toBe(true);
    await taking;
    await expect(state.takeSet(() => Promise.reject(new LitescopeError('NO_SAMPLES')))).rejects.toMatchObject({ code: 'NO_SAMPLES' });
    expect([state.taking, state.set]).toEqual([false, set]);
  });
});

test('Layers are compared on the first four inputs, and the graphs of both models get the numbers', async () => {
  const { setup, state } = scene();
  state.chooseSet(setOf(...['1', '2', '3', '4', '5'].map((name) => picture(`${name}.png`))));
  const layers = { layers: [{ a: { op: 3 }, b: { op: 4 }, sqnr_db: 21.26 }, { a: { op: 5 }, b: { op: 6 }, sqnr_db: Infinity }] } as unknown as LayersComparison;
  let samples: readonly GivenSample[] = [];
  const litescope = fakeLitescope({ compareLayers: (_, given = []) => { samples = given; return Promise.resolve(layers); } });
  const put: [string, OpNumbers][] = [];
  const into = (letter: string) => ({ opNumbers: { put: (numbers: OpNumbers) => { put.push([letter, numbers]); } } });
  await state.compareLayers(litescope, { ...setup, ...into('a') }, { model: b, ...into('b') }, {});
  expect(samples.map(({ name }) => name)).toEqual(['1.png', '2.png', '3.png', '4.png']);
  expect(state.layers).toEqual({ otherId: b.id, comparison: layers });
  expect(put.map(([letter, { id, title, values }]) => [letter, id, title, [...values.get(0) ?? []]])).toEqual([
    ['a', `layers ${b.id}`, 'Error against b.tflite', [[3, -21.3]]],
    ['b', `layers ${a.id}`, 'Error against a.tflite', [[4, -21.3]]],
  ]);
});
