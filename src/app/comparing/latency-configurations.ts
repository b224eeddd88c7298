import type { Capabilities, RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { maximumThreads } from '../../engine/session/shared/attempts';
import type { LatencyChoice } from './outputs-state.svelte';

/** On what latency is measured; a device without threads has one configuration of each runtime. */
export function latencyConfigurations(choice: LatencyChoice, setup: RequestedConfiguration, available: Capabilities | null): readonly RequestedConfiguration[] {
  if (choice === 'none') return [];
  if (choice === 'setup' || available === null) return [setup];
  return (['tfjs-tflite', 'litert'] as const).flatMap((runtime) => [...new Set([1, Math.min(available.cores, maximumThreads(runtime, available))])]
    .map((threads): RequestedConfiguration => ({ runtime, accelerator: 'wasm', threads })));
}
