import { wording as text } from '../messages/wording';
import type { Environment } from '../report/report';

const yes = (value: boolean) => (value ? text.yes : text.no);

/** What a report says of where it was measured, as names and values. */
export function environmentFacts(environment: Environment): readonly (readonly [string, string])[] {
  const { environment: names } = text;
  return [
    [names.browser, environment.browser === null ? environment.user_agent : `${environment.browser.name} ${environment.browser.version}`],
    [names.platform, environment.platform],
    [names.cores, String(environment.cores)],
    [names.memory, environment.device_memory_gb === null ? text.memoryNotTold : text.memoryAtLeast(environment.device_memory_gb)],
    [names.isolated, yes(environment.isolated)],
    [names.simd, yes(environment.simd)],
    [names.relaxedSimd, yes(environment.relaxed_simd)],
    [names.gpuAdapter, environment.gpu_adapter ?? text.none],
  ];
}
