import { describe, expect, it } from 'vitest';
import { bytesTensor } from '../../testing/fake-model';
import { OutputReader } from './outputs';

describe('OutputReader', () => {
  it('gives each run’s bytes in the same memory, wherever the runtime has moved its own', () => {
    let memory = Uint8Array.of(1, 2, 3);
    const other = bytesTensor('other', Uint8Array.of(9));
    const reader = new OutputReader([{ ...bytesTensor('scores', memory), data: () => memory }, other]);
    const first = reader.read();
    expect(first.map(({ name, data }) => [name, ...new Uint8Array(data)])).toEqual([['scores', 1, 2, 3], ['other', 9]]);
    memory = Uint8Array.of(0, 4, 5, 6).subarray(1);
    other.data().fill(7);
    const second = reader.read();
    expect(second.map(({ data }) => [...new Uint8Array(data)])).toEqual([[4, 5, 6], [7]]);
    expect(second.map(({ data }, index) => data === first[index]?.data)).toEqual([true, true]);
  });

  it('follows an output whose shape every run decides', () => {
    let [memory, shape] = [Uint8Array.of(1, 2), [2]];
    const found = { ...bytesTensor('found', memory), get shape() { return shape; }, data: () => memory };
    const reader = new OutputReader([found]);
    const read = (): unknown[] => reader.read().map((output) => [output.shape, [...new Uint8Array(output.data)]]);
    expect(read()).toEqual([[[2], [1, 2]]]);
    [memory, shape] = [Uint8Array.of(7, 8, 9), [3]];
    expect(read()).toEqual([[[3], [7, 8, 9]]]);
    [memory, shape] = [new Uint8Array(0), [0]];
    expect(read()).toEqual([[[0], []]]);
  });
});
