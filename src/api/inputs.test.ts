import { describe, expect, it } from 'vitest';
import type { Input } from '../engine/session/shared/protocol';
import { errorOf } from '../threads/testing/errors';
import type { Preprocessing } from '../vision/shared/types';
import { assertOwners, inputsOf, sourcesFor } from './inputs';
import { openModelOf } from './testing/open-model';

const raw: Input = { kind: 'file', file: new Blob([new Uint8Array(16)]), format: 'raw' };
const array: Input = { kind: 'file', file: new Blob([]), format: 'npy' };
const zeros: Input = { kind: 'zeros' };
const picture = (values: Preprocessing['values']): Input => ({
  kind: 'image', image: new Blob([]), preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values },
});
const pixels = picture({ kind: 'pixels' });
const normalised = picture({ kind: 'normalise', mean: [127.5], std: [127.5] });

const floats = openModelOf('floats', { x: { dtype: 'float32', shape: [1, 4] } });
const integers = openModelOf('integers', { x: { dtype: 'int32', shape: [1, 4] } });
const longer = openModelOf('longer', { x: { dtype: 'float32', shape: [2, 2] } });
const other = openModelOf('other', { y: { dtype: 'float32', shape: [1, 4] } });

describe('inputs of several models', () => {
  it('belong to the models that have one of their name', () => {
    expect(inputsOf(floats, { x: zeros, y: array }, [floats, other], {})).toEqual({ x: zeros });
    expect(inputsOf(other, { x: zeros, y: array }, [floats, other], {})).toEqual({ y: array });
  });

  it('are each model’s own where they are given so', () => {
    const given = new Map([['floats', { x: raw }], ['integers', { x: zeros }]]);
    expect(inputsOf(floats, given, [floats, integers], {})).toEqual({ x: raw });
    expect(inputsOf(integers, given, [floats, integers], {})).toEqual({ x: zeros });
    expect(inputsOf(other, given, [floats, integers, other], {})).toEqual({});
  });

  it.each([['type', integers, 'int32[1, 4]'], ['shape', longer, 'float32[2, 2]']])('are refused as raw elements for a tensor of another %s', (_, model, form) => {
    expect(inputsOf(floats, { x: raw }, [floats, model], {})).toEqual({ x: raw });
    const error = errorOf(() => inputsOf(model, { x: raw }, [floats, model], {}));
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', `Input “x” is float32[1, 4] of “model floats” and ${form} of “model ${model.id}”: give each model its own inputs.`]);
  });

  it('are refused as pixels where one model takes integers and the other floats', () => {
    expect(errorOf(() => inputsOf(floats, { x: pixels }, [integers, floats], {})).code).toBe('INVALID_INPUT');
  });

  it.each([['an array that says its own type', array], ['zeros', zeros], ['a picture in real values', normalised]])('are shared as %s', (_, input) => {
    for (const model of [floats, integers, longer]) expect(inputsOf(model, { x: input }, [floats, integers, longer], {})).toEqual({ x: input });
  });

  it('of a model that is not measured are a mistake', () => {
    const error = errorOf(() => { assertOwners(new Map([['flaots', {}]]), [floats, other]); });
    expect([error.code, error.details]).toEqual(['INVALID_ARGUMENT', 'There are inputs of “flaots”, which is not among the models: “floats”, “other”.']);
  });
});

describe('what a caller leaves to the model', () => {
  it('is the way from a picture to an input that looks like one', () => {
    const takes = openModelOf('takes', { image: { dtype: 'float32', shape: [1, -1, 32, 3] } });
    const image = new Blob([]);
    expect(sourcesFor(takes, { image: { kind: 'image', image } }, { shapes: { image: [1, 24, 32, 3] } })).toEqual({
      image: { kind: 'image', image, preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] } } },
    });
  });

  it('is what makes numbers of a sentence, and what the sentence fills beside its words', () => {
    const reader = openModelOf('reader', { word_ids: { dtype: 'int32', shape: [1, 8], tableRows: 500 }, mask: { dtype: 'int32', shape: [1, 8] } });
    const tokenizer = { vocabulary: new Blob(['[UNK]']) };
    const tokens = { tokenizer, part: 'ids', rows: 500 };
    expect(sourcesFor(reader, { word_ids: { kind: 'text', text: 'Who?', tokenizer } }, {})).toEqual({
      word_ids: { kind: 'text', text: ['Who?'], tokens }, mask: { kind: 'text', text: ['Who?'], tokens: { tokenizer, part: 'mask', rows: undefined } },
    });
    // Whichever of them it is given for; and what is given beside it stands.
    expect(Object.keys(sourcesFor(reader, { mask: { kind: 'text', text: 'Who?', tokenizer } }, {}))).toEqual(['word_ids', 'mask']);
    expect(sourcesFor(reader, { word_ids: { kind: 'text', text: ['Who?'], tokenizer }, mask: zeros }, {})).toEqual({ word_ids: { kind: 'text', text: ['Who?'], tokens }, mask: zeros });
  });

  it('comes with the file where its metadata name a tokenizer, and is missed where they do not', async () => {
    const reader = openModelOf('reader', { x: { dtype: 'int32', shape: [1, 8] } });
    const metadata = { name: '', description: '', version: '', author: '', license: '', inputs: [], outputs: [], tokenizer: { kind: 'regex', pattern: ' ', vocabulary: { name: 'vocab.txt', start: 2, bytes: 3 } } } as const;
    const source = sourcesFor({ ...reader, summary: { ...reader.summary, metadata }, blob: new Blob(['..abc..']) }, { x: { kind: 'text', text: 'a' } }, {}).x;
    const tokenizer = source?.kind === 'text' ? source.tokens?.tokenizer : undefined;
    expect([tokenizer?.kind, tokenizer?.pattern, await tokenizer?.vocabulary.text()]).toEqual(['regex', ' ', 'abc']);
    const error = errorOf(() => sourcesFor(reader, { x: { kind: 'text', text: 'a' } }, {}));
    expect([error.code, error.details]).toEqual(['NO_VOCABULARY', 'Input “x” takes numbers, and the file names no tokenizer that makes them of a text.']);
  });

  it('is nothing for strings, which go in as they are', () => {
    expect(sourcesFor(openModelOf('strings', { s: { dtype: 'string', shape: [1] } }), { s: { kind: 'text', text: 'a' } }, {})).toEqual({ s: { kind: 'text', text: ['a'] } });
  });

  it('is an error where the input does not', () => {
    expect(errorOf(() => sourcesFor(floats, { x: { kind: 'image', image: new Blob([]) } }, {})).code).toBe('INVALID_INPUT');
  });
});
