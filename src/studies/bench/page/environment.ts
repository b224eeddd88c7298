import type { Environment } from '../../../report/report';
import type { Capabilities } from '../../../engine/configuration/shared/configuration';

/** What browsers say of themselves beyond the user agent's text; Chromium and its relatives only. */
interface UserAgentData {
  readonly platform: string;
  readonly brands: readonly { readonly brand: string; readonly version: string }[];
}

/** Browsers list names that mean nothing among their own, so that nobody relies on a fixed list. */
function isRealBrand(brand: string): boolean {
  return !/not.{0,3}a.{0,3}brand/i.test(brand);
}

/** The product's own name where it has one, else the engine's that it is built on. */
function browserOf(data: UserAgentData | undefined): Environment['browser'] {
  const brands = data?.brands.filter(({ brand }) => isRealBrand(brand)) ?? [];
  const found = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0];
  return found === undefined ? null : { name: found.brand, version: found.version };
}

/** What a report says of the device and browser that it was measured on. */
export function measureEnvironment(available: Capabilities): Environment {
  // Chromium only; rounded by the browser, so that it tells little about the person.
  const { deviceMemory, userAgentData } = navigator as { deviceMemory?: number; userAgentData?: UserAgentData };
  return {
    user_agent: navigator.userAgent,
    browser: browserOf(userAgentData),
    platform: userAgentData?.platform ?? navigator.platform,
    cores: available.cores,
    device_memory_gb: deviceMemory ?? null,
    isolated: available.isolated,
    simd: available.simd,
    relaxed_simd: available.relaxedSimd,
    gpu_adapter: available.gpuAdapter,
  };
}
