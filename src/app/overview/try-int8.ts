import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';
import { attempt } from '../attempt';

/** Makes a full int8 variant by one click: on the samples that were given, else on what is set up for a run. */
export function tryInt8(shared: Shared, work: WorkModel): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeInt8(shared.litescope, work, options));
}
