import { describe, expect, it } from 'vitest';
import type { SignatureTensor } from '../tflite/analysis/summary';
import type { Input, InputSources } from '../engine/session/shared/protocol';
import { errorOf } from '../threads/testing/errors';
import { summaryOf } from '../engine/testing/summary';
import { samplesFor } from './samples';

const modelOf = (name: string, dtype: SignatureTensor['dtype']) => ({
  entry: null, summary: summaryOf({ signatures: [{ key: '', subgraph: 0, inputs: [{ name, tensorName: name, tensorIndex: 0, dtype, shape: [4] }], outputs: [] }] }),
});
const raw: Input = { kind: 'file', file: new Blob([new Uint8Array(16)]), format: 'raw' };

/** What each model is given of one sample. */
function sharedBy(models: readonly ReturnType<typeof modelOf>[], inputs: Readonly<Record<string, Input>>) {
  const [sample] = samplesFor(models, [{ inputs }], (_, own) => own as InputSources, {});
  return models.map((_, position) => () => sample?.sourcesFor(position));
}

describe('a sample of several models', () => {
  it('goes into the input of its name, else into the one in its place', () => {
    const [first, renamed] = sharedBy([modelOf('x', 'float32'), modelOf('serving_x', 'float32')], { x: raw });
    expect([first?.(), renamed?.()]).toEqual([{ x: raw }, { serving_x: raw }]);
  });

  it('of raw elements is refused by a model that would take them for numbers of another type', () => {
    const [first, second] = sharedBy([modelOf('x', 'float32'), modelOf('x', 'int32')], { x: raw });
    expect(first?.()).toEqual({ x: raw });
    const error = errorOf(() => second?.());
    expect([error.code, error.details]).toEqual(['INVALID_INPUT', 'Input “x” is given as raw elements of float32, and “x” takes int32: give an array that says its type (.npy).']);
  });

  it('of words goes through the vocabulary of the first, which a variant may have lost', () => {
    const metadata = { name: '', description: '', version: '', author: '', license: '', inputs: [], outputs: [], tokenizer: { kind: 'wordpiece', vocabulary: { name: 'vocab.txt', start: 0, bytes: 1 } } } as const;
    const reader = modelOf('ids', 'int32');
    const [first, second] = sharedBy([{ ...reader, summary: { ...reader.summary, metadata }, blob: new Blob(['words']) } as typeof reader, reader], { ids: { kind: 'text', text: 'a' } });
    expect(first?.()).toEqual({ ids: { kind: 'text', text: 'a' } });
    expect(second?.()).toMatchObject({ ids: { kind: 'text', text: 'a', tokenizer: { kind: 'wordpiece' } } });
  });
});
