import type { SampleOfModel } from '../../studies/accuracy/shared/protocol';
import type { LookedAtSample } from './outputs-state.svelte';

type Side = 0 | 1;

function sideOf({ comparison }: LookedAtSample, side: Side): SampleOfModel | null {
  const made = comparison.samples[0]?.models[side] ?? null;
  return made === null || 'failed' in made ? null : made;
}

/** What both models made of an input that is looked at, the reference first; null for one that did not run. */
export function resultsOf(look: LookedAtSample): readonly (NonNullable<SampleOfModel['result']> | null)[] {
  return ([0, 1] as const).map((side) => sideOf(look, side)?.result ?? null);
}

/** How near the other came to the reference on an input; null where nobody knows what the outputs mean. */
export function agreementOf(look: LookedAtSample): SampleOfModel['agreement'] {
  return sideOf(look, 1)?.agreement ?? null;
}
