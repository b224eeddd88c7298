import { expect, it } from 'vitest';
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import { firstFault } from './fault';

const same = { max_abs: 0, relative: 0, share_off: null };

/** A tensor of op `op`, at which each runtime's op agrees with the reference kernel or does not. */
const tensor = (op: number, local: Partial<Record<RuntimeName, boolean>>, pairs: readonly boolean[] = [true]) => ({
  tensor: op + 10, name: `t${op}`, op, kind: 'CONV_2D',
  pairs: pairs.map((agrees) => ({ pair: ['tfjs-tflite', 'litert'] as const, ...same, agrees })),
  local: Object.entries(local).map(([runtime, agrees]) => ({ runtime: runtime as RuntimeName, ...same, agrees })),
});
const both = { 'tfjs-tflite': true, litert: true };

it('finds no fault where every op agrees, even if what they add up to does not', () => {
  expect(firstFault([tensor(0, both), tensor(1, both, [false])])).toBeNull();
  expect(firstFault([])).toBeNull();
});

it('names the first op and who stands alone there, whatever follows', () => {
  expect(firstFault([tensor(0, both), tensor(1, { 'tfjs-tflite': true, litert: false }), tensor(2, { 'tfjs-tflite': false, litert: false })]))
    .toEqual({ tensor: 11, name: 't1', op: 1, kind: 'CONV_2D', apart: ['litert'] });
});

it('holds the kernels to be alone where both others are against them', () => {
  expect(firstFault([tensor(0, { 'tfjs-tflite': false, litert: false })])?.apart).toEqual(['tfjs-kernels']);
});

it('takes no side between two opinions', () => {
  expect(firstFault([tensor(0, { litert: false })])?.apart).toEqual(['tfjs-kernels', 'litert']);
  expect(firstFault([tensor(0, {}, [false])])?.apart).toEqual(['tfjs-tflite', 'litert']);
});
