import type { ActivityKind } from '../state/activity.svelte';

/** What goes on, as a person would call it. */
export const activityTitles: Readonly<Record<ActivityKind, string>> = {
  run: 'Running',
  benchmark: 'Timing runs',
  compare: 'Comparing configurations',
  sweep: 'Trying threads',
  why: 'Finding out why it is slow',
  profile: 'Timing ops',
  'cross-check': 'Cross-checking runtimes',
  outputs: 'Comparing outputs',
  layers: 'Comparing layers',
  look: 'Reading a tensor',
  variant: 'Making a variant',
  overview: 'A first look',
};
