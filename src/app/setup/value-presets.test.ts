import { expect, test } from 'vitest';
import { presetOf, presetsFor, presetValues } from './value-presets';

const normalise = (mean: number[], std: number[]) => ({ kind: 'normalise' as const, mean, std });

test('Each preset is what it says, and is known again', () => {
  const ends = (values: ReturnType<typeof presetValues>) => (values.kind === 'pixels' ? null : [0, 255].map((pixel) => (pixel - (values.mean[0] ?? NaN)) / (values.std[0] ?? NaN)));
  expect((['signed', 'unit', 'bytes'] as const).map((preset) => ends(presetValues(preset, 3)))).toEqual([[-1, 1], [0, 1], [0, 255]]);
  expect(presetValues('imagenet', 3)).toEqual(normalise([123.675, 116.28, 103.53], [58.395, 57.12, 57.375]));
  expect(presetValues('imagenet', 1)).toEqual(normalise([expect.closeTo(114.495, 6)] as number[], [expect.closeTo(57.63, 6)] as number[]));
  for (const channels of [1, 3, 4]) {
    for (const preset of presetsFor('int8')) expect(presetOf(presetValues(preset, channels), 'int8', channels)).toBe(preset);
  }
});

test('Values of a person’s own are no preset, one number is a list of the same, and a float takes pixels as bytes', () => {
  expect(presetOf(normalise([127.5, 127.5, 127.5], [127.5]), 'float32', 3)).toBe('signed');
  expect(presetOf(normalise([127], [128]), 'float32', 3)).toBeNull();
  expect(presetOf(normalise([0, 0, 1], [255]), 'float32', 3)).toBeNull();
  expect([presetOf({ kind: 'pixels' }, 'float32', 3), presetOf({ kind: 'pixels' }, 'uint8', 3)]).toEqual(['bytes', 'pixels']);
});
