import type { Environment } from '../report/report';

const yes = (value: boolean) => (value ? 'yes' : 'no');

/** What a report says of where it was measured, as names and values. */
export function environmentFacts(environment: Environment): readonly (readonly [string, string])[] {
  return [
    ['Browser', environment.browser === null ? environment.user_agent : `${environment.browser.name} ${environment.browser.version}`],
    ['Platform', environment.platform],
    ['Cores', String(environment.cores)],
    ['Memory', environment.device_memory_gb === null ? 'not told' : `${environment.device_memory_gb} GB or more`],
    ['Isolated, so threads', yes(environment.isolated)],
    ['SIMD', yes(environment.simd)],
    ['Relaxed SIMD', yes(environment.relaxed_simd)],
    ['WebGPU adapter', environment.gpu_adapter ?? 'none'],
  ];
}
