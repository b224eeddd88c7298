import type { Note } from '../../../rewrite/pass';
import type { InputSources } from '../../../engine/session/shared/protocol';
import { isMadeUp } from './made-up';

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
  const judging = heldOut === 0 ? '' : ` (${heldOut} more judge)`;
  const few = given < recommendedSamples ? [{ place: 'calibration', text: `${samples.length} samples are few${judging}: with ${recommendedSamples} or more${heldOut === 0 ? '' : ' in all'}, ranges depend less on chance` }] : [];
  const synthetic = samples.filter(isMadeUp).length;
  return synthetic === 0 ? few : [...few, { place: 'calibration', text: `${synthetic} of ${samples.length} samples are made up: ranges of real inputs differ` }];
}
