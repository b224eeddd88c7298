import type { Note } from '../../../rewrite/pass';
import type { InputSources } from '../../../engine/session/shared/protocol';
import { isMadeUp } from './made-up';
import { studies as text } from '../../../messages/studies';

/** With fewer samples ranges depend on chance. Counts what is given, before some are held out. */
export const recommendedSamples = 100;

/** Every so many a sample judges what the others made. */
export const everyHeldOut = 5;

/**
 * Doubts about samples that find ranges. Those held out of them to judge count as given, up to the usual share: who gave
 * what is recommended is not told that it is little.
 * @param heldOut how many more samples judge
 */
export function sampleWarnings(samples: readonly InputSources[], heldOut: number): readonly Note[] {
  const given = samples.length + Math.min(heldOut, samples.length / (everyHeldOut - 1));
  const few = given < recommendedSamples ? [{ place: text.calibration, text: text.fewSamples(samples.length, heldOut, recommendedSamples) }] : [];
  const synthetic = samples.filter(isMadeUp).length;
  return synthetic === 0 ? few : [...few, { place: text.calibration, text: text.madeUpSamples(synthetic, samples.length) }];
}
