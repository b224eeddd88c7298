import { describe, expect, it } from 'vitest';
import { placementFor } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor } from '../../shared/types';
import { decode } from '.';
import { floatOutput, rawOutput } from '../testing/outputs';

const placement = placementFor('stretch', 640, 480, 100, 32);

function read(output: OutputTensor | readonly OutputTensor[], { labels, ...decoder }: Partial<Extract<Decoder, { kind: 'text' }>> & { readonly labels?: readonly string[] } = {}): DecodedAs<'text'> {
  const decoded = decode({ kind: 'text', ...decoder }, Array.isArray(output) ? output as readonly OutputTensor[] : [output as OutputTensor], placement, labels);
  if (decoded.kind !== 'text') throw new Error(decoded.kind);
  return decoded;
}

/** One step a class, with this probability for it and the rest shared by the others. */
function steps(classes: number, best: readonly number[], probability = 0.75): number[] {
  return best.flatMap((winner) => Array.from({ length: classes }, (_, index) => (index === winner ? probability : (1 - probability) / (classes - 1))));
}

const digits = (best: readonly number[], probability?: number): OutputTensor => floatOutput('out', [1, best.length, 11], steps(11, best, probability));
const unsupported: unknown = expect.objectContaining({ code: 'UNSUPPORTED_DECODER' });
const unfit: unknown = expect.objectContaining({ code: 'INVALID_LABELS' });

describe('a line of text', () => {
  it('writes what stays once, the blank not at all, and a character twice with a blank between', () => {
    const line = read(digits([10, 4, 4, 10, 4, 2, 2, 10, 10]));
    expect(line.text).toBe('442');
    expect(line.symbols).toEqual([{ label: '4', score: 0.75, step: 1 }, { label: '4', score: 0.75, step: 4 }, { label: '2', score: 0.75, step: 5 }].map((symbol) => ({ ...symbol, score: expect.closeTo(0.75, 6) as number })));
    expect(line.score).toBeCloseTo(0.75, 6);
  });

  it('takes that end for the blank which wins more steps, unless it is told', () => {
    // Class 0 wins most: with the blank first, class 5 writes 4.
    expect(read(digits([0, 5, 0, 0, 10, 0])).text).toBe('49');
    expect(read(digits([0, 5, 0, 0, 10, 0]), { blank: 'last' }).text).toBe('0500');
    expect(read(digits([10, 5, 10, 0]), { blank: 'first' }).text).toBe('949');
  });

  it('writes every step where there is no blank', () => {
    const output = floatOutput('out', [1, 4, 10], steps(10, [3, 3, 0, 9]));
    expect(read(output, { blank: 'none' }).text).toBe('3309');
  });

  it('takes characters from the labels, with the blank among them or not', () => {
    const labels = ['a', 'b', 'c'];
    const output = floatOutput('out', [1, 5, 4], steps(4, [3, 0, 3, 2, 3]));
    expect(read(output, { labels }).text).toBe('ac');
    expect(read(output, { labels: [...labels, '<blank>'] }).text).toBe('ac');
    expect(read(output, { labels: ['[blank]', ...labels] }).text).toBe('ccbc');
    // PaddleOCR: the blank first, the lines of the dictionary, then a space.
    expect(read(floatOutput('out', [1, 6, 5], steps(5, [0, 1, 0, 4, 3, 0])), { labels }).text).toBe('a c');
    expect(() => read(output, { labels: ['a'] })).toThrow(unfit);
    expect(() => read(output, { labels: [...'abcdefg'] })).toThrow(unfit);
  });

  it('shows numbers where nothing is known of the characters', () => {
    expect(read(floatOutput('out', [1, 4, 50], steps(50, [49, 12, 49, 3]))).text).toBe('[12][3]');
  });

  it('reads time first, a batch in the middle, and classes first where the labels fit those', () => {
    const values = steps(11, [10, 7, 10, 1, 10]);
    for (const shape of [[1, 5, 11], [5, 1, 11], [5, 11], [1, 1, 5, 11], [1, 5, 1, 11]]) expect(read(floatOutput('out', shape, values)).text).toBe('71');
    const turned = Array.from({ length: 55 }, (_, place) => values[(place % 5) * 11 + Math.floor(place / 5)] ?? NaN);
    expect(read(floatOutput('out', [1, 11, 5], turned), { labels: [...'0123456789'] }).text).toBe('71');
  });

  it('makes probabilities of logits and of logarithms', () => {
    const probabilities = steps(11, [10, 7, 10], 0.6);
    for (const values of [probabilities.map(Math.log), probabilities.map((value) => Math.log(value) + 30)]) {
      const line = read(floatOutput('out', [1, 3, 11], values));
      expect(line).toMatchObject({ text: '7', score: expect.closeTo(0.6, 5) as number });
    }
  });

  it('dequantises', () => {
    const bytes = Uint8Array.from(steps(11, [10, 7, 10], 0.75), (value) => Math.round(value * 256));
    expect(read(rawOutput('out', 'uint8', [1, 3, 11], bytes, { scale: [1 / 256], zeroPoint: [0], dimension: 0 }))).toMatchObject({ text: '7', score: 0.75 });
  });

  it('passes over steps of no numbers', () => {
    const values = steps(11, [10, 7, 3, 10]);
    values.fill(NaN, 22, 33);
    expect(read(floatOutput('out', [1, 4, 11], values)).text).toBe('7');
    expect(read(floatOutput('out', [1, 4, 11], new Float32Array(44).fill(NaN)))).toEqual({ kind: 'text', text: '', symbols: [], score: null });
  });

  it('takes whole numbers for characters that the model has picked itself', () => {
    const picked = (...numbers: number[]): OutputTensor => ({ name: 'out', dtype: 'int64', shape: [1, numbers.length], data: BigInt64Array.from(numbers, BigInt).buffer });
    expect(read(picked(17, 14, 21, 21, 24, 1, -1, -1))).toMatchObject({ text: 'hello1', score: null, symbols: [{ label: 'h', score: null, step: 0 }, {}, {}, {}, {}, { label: '1', step: 5 }] });
    expect(read(picked(0, 2, 9), { labels: ['x', 'y', 'z'] }).text).toBe('xz');
    expect(read(picked(0, 2 ** 40, 40)).text).toBe('[0][40]');
  });

  it('refuses other models', () => {
    for (const shape of [[1, 10], [1, 4, 4, 3], [1], []]) expect(() => read(floatOutput('out', shape, new Float32Array(48)), {})).toThrow(unsupported);
    expect(() => read([])).toThrow(unsupported);
  });
});
