import type { InferOutput } from 'valibot';
import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import type { soundPreparationSchema } from './schemas';

/** See `soundPreparationSchema`. */
export type SoundPreparation = InferOutput<typeof soundPreparationSchema>;
export type SoundFeatures = SoundPreparation['features'];
export type Spectrum = Extract<SoundFeatures, { kind: 'log-mel' | 'mfcc' }>;

/** Values of one row of features; 1 for a waveform, whose rows are samples. */
export function rowWidth(features: SoundFeatures): number {
  switch (features.kind) {
    case 'waveform': return 1;
    case 'mfcc': return features.coefficients;
    default: return features.bands;
  }
}

/** Rows that fill a tensor of so many elements; null where rows do not fill it evenly. */
export function rowsFor(features: SoundFeatures, elements: number): number | null {
  const rows = elements / rowWidth(features);
  return Number.isInteger(rows) && rows > 0 ? rows : null;
}

/** Samples at the model's rate that so many rows are computed from. */
export function samplesFor(features: SoundFeatures, rows: number): number {
  return features.kind === 'waveform' ? rows : features.window + (rows - 1) * features.hop;
}

/** @throws LitescopeError INVALID_INPUT for features whose rows do not fill a tensor */
export function assertFeatures(tensor: string, features: SoundFeatures, elements: number): void {
  if (rowsFor(features, elements) === null) throw new LitescopeError('INVALID_INPUT', text.noRows(tensor, elements, rowWidth(features)));
}
