import type { Accelerator, Capabilities, RuntimeName } from '../../engine/configuration/shared/configuration';
import { maximumThreads } from '../../engine/session/shared/attempts';

/** More points would take longer and tell little more. */
const mostCounts = 4;

/**
 * The thread counts that a short look is worth: one, then twice as many each time, up to the device's cores.
 * @returns one count or none where there is nothing to compare
 */
export function overviewThreadCounts(runtime: RuntimeName, accelerator: Accelerator | 'auto', capabilities: Capabilities): readonly number[] {
  if (accelerator !== 'wasm') return [];
  const most = Math.min(capabilities.cores, maximumThreads(runtime, capabilities));
  const counts: number[] = [];
  for (let count = 1; count <= most && counts.length < mostCounts; count *= 2) counts.push(count);
  return most > 1 && counts.length < mostCounts && counts.at(-1) !== most ? [...counts, most] : counts;
}
