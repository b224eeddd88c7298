import type { Capabilities } from '../configuration/shared/configuration';

/** A current desktop browser on an isolated page. */
export const everything: Capabilities = { isolated: true, simd: true, relaxedSimd: true, int8Dot: true, threads: true, jspi: true, webgpu: true, gpuAdapter: 'test adapter', webnn: true, cores: 8 };

/** A browser from before SIMD on a page that is not isolated. */
export const nothing: Capabilities = { isolated: false, simd: false, relaxedSimd: false, int8Dot: false, threads: false, jspi: false, webgpu: false, gpuAdapter: null, webnn: false, cores: 2 };

/** Every combination of the features that builds and attempts are chosen by. */
export const everyDevice: readonly Capabilities[] = Array.from({ length: 64 }, (_, bits) => {
  const has = (bit: number) => (bits & (1 << bit)) !== 0;
  return { isolated: has(0), threads: has(0), simd: has(1), relaxedSimd: has(1) && has(2), int8Dot: has(1) && has(2), jspi: has(3), webgpu: has(4), gpuAdapter: has(4) ? 'test adapter' : null, webnn: has(5), cores: 8 };
});
