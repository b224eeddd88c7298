import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Input, Variant } from '../../api';
import type { LayersComparison } from '../../studies/accuracy/page/compare-layers';
import type { RewrittenModel } from '../../studies/variants/page/make-variant';
import type { PassPreview } from '../../studies/variants/shared/protocol';
import type { QuantizedModel } from '../../studies/variants/page/quantize-model';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { deferred } from '../../threads/testing/deferred';
import { writeNpy } from '../../tensor/npy';
import type { FrameListener, FrameSource } from '../../vision/sources/page/types';
import { fakeLitescope, openedModel, setupOf } from '../testing/fakes';
import { QuantizeChoice } from './quantize-choice.svelte';
import { RewriteChoice } from './rewrite-choice.svelte';
import { SampleSet } from './sample-set.svelte';
import { VariantsState } from './variants-state.svelte';

type Inputs = Readonly<Record<string, Input>>;
const previewOf = (id: string, changed: number): PassPreview => ({ id, title: id, purpose: '', changed: Array.from({ length: changed }, () => ({ text: 'x' })), skipped: [] }) as unknown as PassPreview;

afterEach(() => { vi.unstubAllGlobals(); });

describe('samples', () => {
  test('are pictures and the parts of arrays, in the order of their names; what is neither is named', async () => {
    const { inputs } = setupOf();
    const [input] = inputs.list;
    const set = new SampleSet();
    const two = writeNpy({ dtype: 'float32', shape: [2, 128, 128, 3], data: new Float32Array(2 * 128 * 128 * 3).buffer });
    await set.addFiles([new File(['x'], '10.png', { type: 'image/png' }), new File(['x'], 'notes.txt'), new File([two], 'b.npy'), new File(['x'], '9.png', { type: 'image/png' })], inputs);
    expect(set.samples.map(({ name, kind }) => [name, kind])).toEqual([['9.png', 'image'], ['10.png', 'image'], ['b.npy, 0', 'npy'], ['b.npy, 1', 'npy']]);
    expect(set.ignored).toEqual(['notes.txt']);
    const name = input?.tensor.name ?? '';
    const [picture, , array] = set.samples;
    const sources = set.sources(inputs);
    expect(sources[0]).toEqual({ [name]: { kind: 'image', image: picture !== undefined && 'blob' in picture ? picture.blob : null, preprocessing: input?.preprocessing } });
    expect(sources[2]).toEqual({ [name]: { kind: 'file', file: array !== undefined && 'blob' in array ? array.blob : null, format: 'npy' } });
    set.clear();
    expect([set.samples, set.ignored]).toEqual([[], []]);
  });

  test('are rows of a table, of models of numbers', async () => {
    const model = openedModel();
    const tensor = { name: 'x', tensorName: 'x', tensorIndex: 0, dtype: 'float32' as const, shape: [1, 2] };
    const { inputs } = setupOf({ ...model, summary: { ...model.summary, metadata: null, signatures: [{ key: '', subgraph: 0, inputs: [tensor], outputs: [] }] } });
    const set = new SampleSet();
    await set.addFiles([new File(['a,b,label\n1,2,x\n3,4,y\n'], 'rows.csv')], inputs);
    expect(set.samples.map(({ name, kind }) => [name, kind])).toEqual([['rows.csv, row 1', 'row'], ['rows.csv, row 2', 'row']]);
    expect(set.sources(inputs)).toEqual([{ x: { kind: 'values', values: [1, 2] } }, { x: { kind: 'values', values: [3, 4] } }]);
    await expect(set.addFiles([new File(['a,b,c,d\n1,2,3,4\n'], 'wide.csv')], inputs)).rejects.toMatchObject({ code: 'INVALID_TABLE' });
  });

  test('are the windows of a clip, for a model that hears', async () => {
    vi.stubGlobal('OfflineAudioContext', class { decodeAudioData() { return Promise.resolve({ duration: 2.5, getChannelData: () => new Float32Array(20) }); } });
    const { summary, ...model } = openedModel();
    const edges = { tensorName: 'audio', tensorIndex: 0, dtype: 'float32' } as const;
    const { inputs } = setupOf({ ...model, summary: { ...summary, signatures: [{ key: '', subgraph: 0, inputs: [{ ...edges, name: 'audio', shape: [1, 16_000] }], outputs: [{ ...edges, name: 'scores', shape: [1, 3] }] }] } });
    const set = new SampleSet();
    const clip = new File(['x'], 'clip.wav');
    await set.addFiles([clip, new File(['x'], 'notes.txt')], inputs);
    expect(set.samples.map((sample) => [sample.name, sample.kind, 'start_s' in sample ? sample.start_s : null])).toEqual([['clip.wav, 0', 'audio', 0], ['clip.wav, 1', 'audio', 1]]);
    expect(set.sources(inputs)[1]).toEqual({ audio: { kind: 'audio', clip, start_s: 1, preparation: inputs.list[0]?.sound.preparation } });
  });

  test('an array that does not fit is refused, and what fitted before stays', async () => {
    const { inputs } = setupOf();
    const set = new SampleSet();
    const wrong = writeNpy({ dtype: 'float32', shape: [1, 5], data: new Float32Array(5).buffer });
    await expect(set.addFiles([new File(['x'], 'a.png', { type: 'image/png' }), new File([wrong], 'b.npy')], inputs)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(set.samples.map(({ name }) => name)).toEqual(['a.png']);
  });

  test('made-up values have a seed each, whenever they were added', () => {
    const { inputs } = setupOf();
    const set = new SampleSet();
    set.addRandom(2);
    set.addRandom(1);
    expect(set.samples.map(({ name }) => name)).toEqual(['random values, seed 1', 'random values, seed 2', 'random values, seed 3']);
    expect(set.sources(inputs).map((source) => Object.values(source).map((each) => (each.kind === 'random' ? each.seed : null)))).toEqual([[1], [2], [3]]);
  });

  test('of a source end when the person says so, and the source is closed', async () => {
    // The encoder of pictures; no picture comes.
    vi.stubGlobal('Worker', class extends ChannelWorker { constructor() { super({}); } });
    const set = new SampleSet();
    const started = deferred<FrameListener>();
    let closed = 0;
    const source: FrameSource = { kind: 'camera', name: 'front', way: 'timer', clock: 'arrival', width: 2, height: 2, frameRate: null, facesPerson: true, start: started.resolve, close: () => { closed += 1; } };
    const grabbing = set.addFrames(source, 5);
    expect(set.awaited).toBe(5);
    await started.promise;
    set.stop();
    await grabbing;
    expect([set.awaited, set.samples, closed > 0]).toEqual([null, [], true]);
  });
});

describe('what is to be rewritten', () => {
  test('is all that changes something, but for what is seldom wanted, until the person chooses', () => {
    const choice = new RewriteChoice();
    const previews = [previewOf('fold', 2), previewOf('fuse', 0), previewOf('unfold-float16', 3), previewOf('prune', 1)];
    expect(choice.passes(previews)).toEqual(['fold', 'prune']);
    choice.choosePass('unfold-float16', true, previews);
    choice.choosePass('fold', false, previews);
    // In the order in which all of them can be applied, not that of the choice.
    expect(choice.passes(previews)).toEqual(['unfold-float16', 'prune']);
    expect(choice.rewriting(previews, [7])).toEqual({ passes: ['unfold-float16', 'prune'], part: undefined, edges: undefined, metadata: undefined });
  });

  test('may be a part alone, which reaches to the model’s own end', () => {
    const choice = new RewriteChoice();
    expect(choice.rewriting([], [7, 9])).toBeNull();
    choice.choosePart({ from: 3 });
    expect(choice.rewriting([], [7, 9])?.part).toEqual({ subgraph: 0, inputs: [3], outputs: [7, 9] });
    choice.choosePart({ to: 5 });
    expect(choice.rewriting([], [7, 9])?.part).toEqual({ subgraph: 0, inputs: [3], outputs: [5] });
    choice.choosePart({ from: null, to: null });
    choice.chooseEdge('inputs', 'float32');
    expect(choice.rewriting([], [7])?.edges).toEqual({ inputs: 'float32' });
  });
});

describe('how a model is quantized', () => {
  test('is the recipe’s own way where nothing was set, and names that stay in float come last', () => {
    const choice = new QuantizeChoice();
    expect(choice.recipe.rules).toHaveLength(1);
    const [own] = choice.recipe.rules;
    choice.set({ keep: '^Softmax', granularity: 'tensor', equalise: true });
    const { rules, equalise } = choice.recipe;
    expect(rules).toEqual([{ ...own, scheme: { ...own?.scheme, granularity: 'tensor' } }, { scope: '^Softmax', operation: '*', scheme: { kind: 'float' } }]);
    expect(equalise).toBe(true);
  });

  test('is what a file says, until another recipe is chosen', async () => {
    const choice = new QuantizeChoice();
    await expect(choice.readFile(new File(['no json'], 'broken.json'))).rejects.toMatchObject({ code: 'INVALID_RECIPE' });
    expect([choice.name, choice.title]).toEqual(['int8', 'int8']);
    const gone = Object.assign(new File(['{}'], 'gone.json'), { text: () => Promise.reject(new DOMException('It is gone.', 'NotReadableError')) });
    await expect(choice.readFile(gone)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('variants', () => {
  const quantized = (id: string) => ({ model: { ...openedModel(id.repeat(16)) } }) as unknown as Variant<QuantizedModel>;

  test('are judged by every fifth sample, which finds no ranges, from ten on', async () => {
    const state = new VariantsState();
    const setup = setupOf();
    const asked: [readonly Inputs[], readonly Inputs[] | undefined, string | undefined][] = [];
    const litescope = fakeLitescope({ quantize: (_, __, samples = [], options = {}) => { asked.push([samples, options.heldOut, options.name]); return Promise.resolve(quantized(String(asked.length))); } });
    state.samples.addRandom(9);
    await state.makeQuantized(litescope, setup, {});
    state.samples.addRandom(1);
    await state.makeQuantized(litescope, setup, {});
    state.quantize.chooseHoldOut(false);
    await state.makeQuantized(litescope, setup, {});
    const seeds = (inputs: readonly Inputs[] | undefined) => inputs?.flatMap((each) => Object.values(each).map((input) => (input.kind === 'random' ? input.seed : null)));
    expect(asked.map(([samples, heldOut]) => [seeds(samples), seeds(heldOut)])).toEqual([
      [[1, 2, 3, 4, 5, 6, 7, 8, 9], []],
      [[1, 2, 3, 4, 6, 7, 8, 9], [5, 10]],
      [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], []],
    ]);
    expect([asked[0]?.[2], state.made.map(({ id }) => id)]).toEqual(['a, int8', [3, 2, 1]]);
  });

  test('that need no ranges are judged by all samples, or by what is set up', async () => {
    const state = new VariantsState();
    const setup = setupOf();
    const asked: [number, number | undefined][] = [];
    const litescope = fakeLitescope({ quantize: (_, __, samples = [], options = {}) => { asked.push([samples.length, options.heldOut?.length]); return Promise.resolve(quantized('b')); } });
    state.quantize.choose('float16');
    await state.makeQuantized(litescope, setup, {});
    state.samples.addRandom(12);
    await state.makeQuantized(litescope, setup, {});
    expect(asked).toEqual([[0, 1], [0, 12]]);
  });

  test('are named after what was done, and nothing is made where nothing was chosen', async () => {
    const state = new VariantsState();
    const setup = setupOf();
    const names: (string | undefined)[] = [];
    const litescope = fakeLitescope({ rewrite: (_, __, ___, options = {}) => { names.push(options.name); return Promise.resolve({ model: openedModel('b'.repeat(16)) } as unknown as Variant<RewrittenModel>); } });
    await state.makeRewritten(litescope, setup, [previewOf('fuse', 0)], {});
    state.rewrite.chooseEdge('outputs', 'float32');
    state.rewrite.choosePart({ from: 1 });
    await state.makeRewritten(litescope, setup, [previewOf('fold', 1)], {});
    expect([names, state.made.map(({ kind, name }) => [kind, name])]).toEqual([['a, part, fold, float32 outputs'], [['rewritten', 'a, part, fold, float32 outputs']]]);
  });

  test('that are the same file are one model, which is let go with the last of them', async () => {
    const state = new VariantsState();
    const same = quantized('b');
    const litescope = fakeLitescope({ quantize: () => Promise.resolve(same) });
    for (let made = 0; made < 2; made++) await state.makeQuantized(litescope, setupOf(), {});
    const [second, first] = state.made;
    expect([state.discard(second?.id ?? -1), state.discard(99)]).toEqual([null, null]);
    expect(state.discard(first?.id ?? -1)).toBe(same.model);
    expect(state.made).toEqual([]);
  });

  test('are compared layer by layer on the first four samples, each with its own answer', async () => {
    const state = new VariantsState();
    const setup = setupOf();
    const comparison = { layers: [], break: null } as unknown as LayersComparison;
    let asked: [readonly string[], number] = [[], 0];
    const litescope = fakeLitescope({ quantize: () => Promise.resolve(quantized('b')), compareLayers: (ids, samples = []) => { asked = [ids, samples.length]; return Promise.resolve(comparison); } });
    state.samples.addRandom(6);
    await state.makeQuantized(litescope, setup, {});
    await state.makeQuantized(litescope, setup, {});
    const [second, first] = state.made;
    if (first === undefined || second === undefined) throw new Error('Two variants were to be made.');
    await state.compareLayers(litescope, setup, second, {});
    expect([asked, state.layersOf(second), state.layersOf(first)]).toEqual([[[setup.model.id, 'b'.repeat(16)], 4], comparison, null]);
  });
});
