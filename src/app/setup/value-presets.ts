import type { DType } from '../../tensor/dtype';
import { pixelRanges } from '../../tflite/analysis/pixel-ranges';
import { normalised } from '../../vision/frames/shared/defaults';
import { imageShape } from '../../vision/frames/shared/image-tensor';
import type { Preprocessing } from '../../vision/shared/types';

/** What pixels become, by one click; `pixels` are bytes as an integer input stores them. */
export type ValuePreset = 'signed' | 'unit' | 'bytes' | 'imagenet' | 'pixels';

export function presetsFor(dtype: DType): readonly ValuePreset[] {
  return dtype === 'int8' || dtype === 'uint8' ? ['signed', 'unit', 'bytes', 'imagenet', 'pixels'] : ['signed', 'unit', 'bytes', 'imagenet'];
}

/** A picture's channels in an input; 3 for a layout that does not fit it, which the run will say. */
export function channelsOf(shape: readonly number[], layout: Preprocessing['layout']): number {
  return imageShape(shape, layout)?.channels ?? 3;
}

export function presetValues(preset: ValuePreset, channels: number): Preprocessing['values'] {
  return preset === 'pixels' ? { kind: 'pixels' } : normalised(pixelRanges[preset], channels);
}

/** The preset that these values are; null for a person's own mean and std. A float input takes pixels as bytes. */
export function presetOf(values: Preprocessing['values'], dtype: DType, channels: number): ValuePreset | null {
  const presets = presetsFor(dtype);
  if (values.kind === 'pixels') return presets.includes('pixels') ? 'pixels' : 'bytes';
  return presets.find((preset) => {
    const own = presetValues(preset, channels);
    return own.kind === 'normalise' && sameNumbers(own.mean, values.mean) && sameNumbers(own.std, values.std);
  }) ?? null;
}

/** One number stands for a list of the same one. */
function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  const places = Math.max(one.length, other.length);
  const at = (list: readonly number[], place: number): number | undefined => list[list.length === 1 ? 0 : place];
  return Array.from({ length: places }, (_, place) => Math.abs((at(one, place) ?? NaN) - (at(other, place) ?? NaN)) < 1e-3).every(Boolean);
}
