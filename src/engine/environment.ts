import type { Environment } from '../report/report';
import type { Capabilities } from './protocol';

/** What a report says of the device and browser that it was measured on. */
export function measureEnvironment(available: Capabilities): Environment {
  // Chromium only; rounded by the browser, so that it tells little about the person.
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    user_agent: navigator.userAgent,
    platform: (navigator as { userAgentData?: { platform: string } }).userAgentData?.platform ?? navigator.platform,
    cores: available.cores,
    device_memory_gb: deviceMemory ?? null,
    isolated: available.isolated,
    simd: available.simd,
    relaxed_simd: available.relaxedSimd,
  };
}
