import { describe, expect, test } from 'vitest';
import { openedModel, setupOf } from '../testing/fakes';
import { ConfigurationChoice } from './configuration-choice.svelte';
import { setupKey } from './setup-key';
import { ValueQuestion } from './value-question.svelte';

describe('how models are to be run', () => {
  test('An accelerator that another runtime lacks is not asked of it', () => {
    const choice = new ConfigurationChoice();
    choice.chooseRuntime('litert');
    choice.chooseAccelerator('webgpu');
    expect(choice.requested).toEqual({ runtime: 'litert', accelerator: 'webgpu', threads: 'auto' });
    choice.chooseRuntime('tfjs-tflite');
    expect(choice.requested).toEqual({ runtime: 'tfjs-tflite', accelerator: 'auto', threads: 'auto' });
    choice.chooseAccelerator('wasm');
    choice.chooseRuntime('litert');
    expect(choice.requested.accelerator).toBe('wasm');
    choice.chooseRuntime('tfjs-kernels');
    choice.chooseAccelerator('cpu');
    choice.chooseRuntime('auto');
    expect(choice.requested.accelerator).toBe('auto');
  });

  test('A time that is none is not taken for the watchdog', () => {
    const choice = new ConfigurationChoice();
    choice.chooseWatchdogSeconds(5);
    choice.chooseWatchdogSeconds(-1);
    choice.chooseWatchdogSeconds(NaN);
    expect(choice.watchdogSeconds).toBe(5);
    choice.chooseWatchdogSeconds(0);
    expect(choice.watchdogSeconds).toBe(0);
  });
});

describe('what goes into a model', () => {
  test('A picture that was brought is the input, prepared as the model takes it', () => {
    const { inputs, pictures } = setupOf();
    const [input] = inputs.list;
    expect(inputs.list).toHaveLength(1);
    expect([input?.kind, input?.shape, input?.canBeDrawn]).toEqual(['image', [1, 128, 128, 3], false]);
    expect(inputs.sources).toEqual({ [input?.tensor.name ?? '']: { kind: 'image', image: pictures.latest?.blob, preprocessing: input?.defaultPreprocessing } });
    expect(inputs.pictured).toBe(input);
  });

  test('A file that is wanted and was not chosen is told by name, and no random values stand in for it', () => {
    const { inputs } = setupOf();
    const [input] = inputs.list;
    input?.choose('file');
    expect(() => inputs.sources).toThrowError(expect.objectContaining({ code: 'INVALID_INPUT', details: `Input “${input?.tensor.name}” has no file yet. Choose one.` }));
    const file = new File([new Uint8Array(4)], 'values.npy');
    input?.chooseFile({ file, format: 'npy' });
    expect(inputs.sources).toEqual({ [input?.tensor.name ?? '']: { kind: 'file', file, format: 'npy' } });
  });

  test('Random values keep what of their range is not changed', () => {
    const { inputs } = setupOf();
    const [input] = inputs.list;
    input?.choose('random');
    input?.chooseRange({ max: 255 });
    expect(input?.input).toEqual({ kind: 'random', seed: 1, min: 0, max: 255 });
    input?.choose('zeros');
    expect(input?.input).toEqual({ kind: 'zeros' });
  });

  test('Strings are written, a line each, and neither drawn by lot nor shown as a picture', () => {
    const model = openedModel();
    const [signature] = model.summary.signatures;
    const [tensor] = signature?.inputs ?? [];
    if (signature === undefined || tensor === undefined) throw new Error('The model has no input.');
    const summary = { ...model.summary, signatures: [{ ...signature, inputs: [{ ...tensor, dtype: 'string' as const, shape: [2] }] }] };
    const { inputs } = setupOf({ ...model, summary });
    const [input] = inputs.list;
    expect([input?.kinds, input?.kind]).toEqual([['text'], 'text']);
    input?.chooseText('one\ntwo');
    expect(inputs.sources).toEqual({ [tensor.name]: { kind: 'text', text: ['one', 'two'] } });
  });

  test('A sentence goes in once there is a vocabulary, with what it fills beside its words', () => {
    const model = openedModel();
    const whole = (name: string, tableRows?: number) => ({ name, tensorName: name, tensorIndex: 0, dtype: 'int32' as const, shape: [1, 16], ...(tableRows === undefined ? {} : { tableRows }) });
    const { inputs } = setupOf({ ...model, summary: { ...model.summary, metadata: null, signatures: [{ key: '', subgraph: 0, inputs: [whole('word_ids', 30_522), whole('mask'), whole('type_ids')], outputs: [] }] } });
    const [ids, mask] = inputs.list;
    expect([inputs.worded, inputs.list.map(({ kind }) => kind)]).toEqual([ids, ['random', 'random', 'random']]);
    const vocabulary = new File(['[UNK]\na'], 'vocab.txt');
    ids?.chooseVocabulary(vocabulary);
    ids?.chooseText('Who ran?');
    ids?.chooseSecond('He did.');
    expect(inputs.list.map(({ kind, followsText }) => [kind, followsText])).toEqual([['text', false], ['text', true], ['text', true]]);
    expect(inputs.sources).toEqual({ word_ids: { kind: 'text', text: ['Who ran?', 'He did.'], tokenizer: { vocabulary } } });
    // What a person says of a mask stands, until it is given back to the text.
    mask?.choose('zeros');
    expect(Object.keys(inputs.sources)).toEqual(['word_ids', 'mask']);
    mask?.choose('text');
    expect(mask?.followsText).toBe(true);
  });

  test('A sentence of any length gets room', () => {
    const model = openedModel();
    const tensor = { name: 'ids', tensorName: 'ids', tensorIndex: 0, dtype: 'int64' as const, shape: [-1, -1], tableRows: 32_000 };
    const { inputs } = setupOf({ ...model, summary: { ...model.summary, metadata: null, signatures: [{ key: '', subgraph: 0, inputs: [tensor], outputs: [] }] } });
    expect(inputs.list[0]?.shape).toEqual([1, 128]);
  });

  test('Typed values are numbers, as many as the input takes, or the run says why not', () => {
    const model = openedModel();
    const tensor = { name: 'x', tensorName: 'x', tensorIndex: 0, dtype: 'float32' as const, shape: [1, 2] };
    const setup = setupOf({ ...model, summary: { ...model.summary, metadata: null, signatures: [{ key: '', subgraph: 0, inputs: [tensor], outputs: [] }] } });
    const [input] = setup.inputs.list;
    input?.choose('values');
    expect([input?.kinds[0], input?.input]).toEqual(['values', { kind: 'values', values: [0, 0] }]);
    input?.typed.write(1, '2.5');
    expect(setup.inputs.sources).toEqual({ x: { kind: 'values', values: [0, 2.5] } });
    const key = setupKey(setup);
    input?.typed.write(1, 'much');
    expect(() => setup.inputs.sources).toThrowError(expect.objectContaining({ code: 'NOT_A_NUMBER' }));
    expect([setupKey(setup), key === null]).toEqual([null, false]);
    input?.typed.writeRow('1;2;3');
    expect(input?.typed.problem?.code).toBe('WRONG_VALUE_COUNT');
  });

  test('Own preprocessing is told from the model’s, and can be given back', () => {
    const [input] = setupOf().inputs.list;
    const own = { fit: 'stretch', resize: 'auto', channels: 'bgr', layout: 'nhwc', values: { kind: 'pixels' } } as const;
    expect(input?.isPreprocessingOwn).toBe(false);
    input?.choosePreprocessing(own);
    expect([input?.isPreprocessingOwn, input?.preprocessing]).toEqual([true, own]);
    input?.choosePreprocessing(null);
    expect(input?.preprocessing).toEqual(input?.defaultPreprocessing);
  });

  test('The setup’s key changes with what goes into a run, and is none while something is missing', () => {
    const setup = setupOf();
    const [input] = setup.inputs.list;
    const before = setupKey(setup);
    expect(setupKey(setup)).toBe(before);
    const picture = setup.pictures.add(new File(['picture'], 'cat.jpg', { type: 'image/jpeg' }));
    // The same bytes in another file may be another picture.
    const after = setupKey(setup);
    expect(after).not.toBe(before);
    input?.choosePicture(picture);
    expect(setupKey(setup)).toBe(after);
    input?.choose('file');
    expect(setupKey(setup)).toBeNull();
  });
});

test('The decoder is what the person says, else what follows from the model, and labels make classes of unknown outputs', async () => {
  const { decoding } = setupOf(openedModel());
  expect([decoding.choice, decoding.decoder, decoding.labels]).toEqual(['auto', undefined, undefined]);
  decoding.useLabels(await decoding.labelsOf(new File(['cat\ndog'], 'animals.txt')));
  expect([decoding.ownLabels, decoding.decoder]).toEqual([{ name: 'animals.txt', list: ['cat', 'dog'] }, { kind: 'classification', top: 5 }]);
  decoding.choose('selfie-segmentation');
  await expect(decoding.labelsOf(new File(['cat'], 'animals.txt'))).rejects.toMatchObject({ code: 'INVALID_LABELS' });
  decoding.choose('none');
  expect([decoding.decoder, decoding.labels]).toEqual([undefined, ['cat', 'dog']]);
  decoding.forgetLabels();
  expect(decoding.labels).toBeUndefined();
});

test('Files of values wait in their order until the person has said which input each is for', () => {
  const { inputs } = setupOf();
  const [input] = inputs.list;
  const question = new ValueQuestion();
  const [one, two] = ['one.npy', 'two.npy'].map((name) => ({ file: new File([], name), format: 'npy' as const }));
  if (one === undefined || two === undefined || input === undefined) throw new Error('There is nothing to ask about.');
  question.ask(one, inputs.list);
  question.ask(two, inputs.list);
  expect(question.current?.file).toBe(one);
  question.answer(null);
  expect([question.current?.file, input.file]).toEqual([two, null]);
  question.answer(input);
  expect([question.current, input.file, input.kind]).toEqual([null, two, 'file']);
  question.answer(input);
  expect(question.current).toBeNull();
});
