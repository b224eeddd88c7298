import { threadsOff } from '../../configuration/shared/threads-off';
import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { Accelerator, Capabilities, Configuration, RequestedConfiguration, RuntimeName } from '../../configuration/shared/configuration';

/** As much of a model as decides what it is tried on. */
type WeighedModel = Pick<ModelSummary, 'weights'>;

/** What executes models, in the order in which people are offered them. */
export const runtimeNames = ['tfjs-tflite', 'litert', 'tfjs-kernels', 'compiled'] as const satisfies readonly RuntimeName[];

/** What runtimes run on. */
export const acceleratorKinds = ['wasm', 'webgpu', 'webnn', 'cpu'] as const satisfies readonly Accelerator[];

/** More threads than this bring less than they cost on the devices that browsers run on; a person may ask for more. */
const maximumAutomaticThreads = 4;

/** tfjs-tflite and TensorFlow.js' WASM backend start pools of eight workers, of which one model may use all. */
const fixedPool = 8;

/** The number of threads that `auto` stands for: one core stays free for the page, without which threads wait for it. */
export function automaticThreads(capabilities: Capabilities): number {
  return capabilities.threads ? Math.max(1, Math.min(maximumAutomaticThreads, capabilities.cores - 1)) : 1;
}

/** The most threads that a runtime can be given here. */
export function maximumThreads(runtime: RuntimeName, capabilities: Capabilities): number {
  if (!capabilities.threads || runtime === 'compiled') return 1;
  if (runtime === 'tfjs-tflite') return fixedPool;
  // Its only threaded build needs SIMD.
  if (runtime === 'tfjs-kernels') return capabilities.simd ? fixedPool : 1;
  // LiteRT's only threaded build needs relaxed SIMD.
  return capabilities.relaxedSimd ? Math.max(1, capabilities.cores) : 1;
}

/**
 * The configurations to try, best first. What was asked for comes first even where it cannot work, so that the
 * person is told why; then comes what this device offers instead.
 */
export function attempts(requested: RequestedConfiguration, capabilities: Capabilities, summary: WeighedModel): Configuration[] {
  const runtimes = runtimeOrder(requested, capabilities, summary);
  const accelerators: Accelerator[] = requested.accelerator === 'auto' || requested.accelerator === 'wasm' ? ['wasm'] : [requested.accelerator, 'wasm'];
  const list: Configuration[] = [];
  for (const accelerator of accelerators) {
    if (accelerator !== 'wasm') {
      list.push({ runtime: accelerator === 'cpu' ? 'tfjs-kernels' : 'litert', accelerator, threads: 1 });
      continue;
    }
    for (const runtime of runtimes) {
      const maximum = maximumThreads(runtime, capabilities);
      const threads = requested.threads === 'auto' ? Math.min(automaticThreads(capabilities), maximum) : requested.threads;
      list.push({ runtime, accelerator, threads });
      // Where the wished number of threads is refused, one thread of the same runtime is nearer than another runtime.
      if (threads > maximum) list.push({ runtime, accelerator, threads: 1 });
    }
  }
  const [first] = list;
  if (requested.runtime !== 'auto' && requested.accelerator !== 'auto' && requested.accelerator !== 'wasm' && first?.runtime !== requested.runtime) {
    // A combination that does not exist is named first.
    list.unshift({ runtime: requested.runtime, accelerator: requested.accelerator, threads: 1 });
  }
  return list;
}

/**
 * tfjs-kernels is several times slower than the others: it is chosen by a person, or where nothing else is left. `compiled` is
 * chosen by a person alone, as long as nothing holds its answers to another runtime's on this device.
 */
function runtimeOrder(requested: RequestedConfiguration, capabilities: Capabilities, summary: WeighedModel): RuntimeName[] {
  const fast = fastOrder(requested, capabilities, summary);
  if (requested.runtime === 'compiled') return ['compiled', ...fast, 'tfjs-kernels'];
  return requested.runtime === 'tfjs-kernels' ? ['tfjs-kernels', ...fast] : [...fast, 'tfjs-kernels'];
}

function fastOrder(requested: RequestedConfiguration, capabilities: Capabilities, summary: WeighedModel): RuntimeName[] {
  if (requested.runtime === 'litert') return ['litert', 'tfjs-tflite'];
  if (requested.runtime === 'tfjs-tflite') return ['tfjs-tflite', 'litert'];
  // Relaxed SIMD dot products make LiteRT twice as fast on signed 8-bit weights; on float models the two are
  // equal, and tfjs-tflite is the smaller download and the steadier.
  const int8 = summary.weights.find(({ dtype }) => dtype === 'int8')?.bytes ?? 0;
  const all = summary.weights.reduce((sum, { bytes }) => sum + bytes, 0);
  return capabilities.relaxedSimd && int8 > all / 2 ? ['litert', 'tfjs-tflite'] : ['tfjs-tflite', 'litert'];
}

/**
 * Whether this device can run a configuration at all, before anything is loaded.
 * @throws LitescopeError INVALID_CONFIGURATION, NOT_ISOLATED, NO_SHARED_MEMORY, NO_WEBGPU, NO_WEBNN, NO_SIMD
 */
export function assertAvailable({ runtime, accelerator, threads }: Configuration, capabilities: Capabilities): void {
  if (!Number.isInteger(threads) || threads < 1) throw new LitescopeError('INVALID_CONFIGURATION', text.noThreadCount(threads));
  if (accelerator !== 'wasm' && (runtime === 'tfjs-tflite' || runtime === 'compiled')) throw new LitescopeError('INVALID_CONFIGURATION', text.onlyWebAssembly(runtime));
  if (accelerator === 'cpu' && runtime !== 'tfjs-kernels') throw new LitescopeError('INVALID_CONFIGURATION', text.notInJavaScript(runtime));
  if ((accelerator === 'webgpu' || accelerator === 'webnn') && runtime === 'tfjs-kernels') throw new LitescopeError('INVALID_CONFIGURATION', text.onlyWebAssemblyOrJavaScript(runtime));
  if (accelerator === 'webgpu' && !capabilities.webgpu) throw new LitescopeError('NO_WEBGPU', text.noWebGpuAdapter);
  if (accelerator === 'webnn' && !capabilities.webnn) throw new LitescopeError('NO_WEBNN', text.noWebNnContext);
  if (accelerator === 'webnn' && !capabilities.jspi) throw new LitescopeError('NO_WEBNN', text.webNnNeedsPromises);
  if (runtime === 'compiled' && !capabilities.simd) throw new LitescopeError('NO_SIMD', text.compiledNeedsSimd);
  if (runtime === 'litert' && !capabilities.simd) throw new LitescopeError('NO_SIMD', text.litertNeedsSimd);
  if (threads === 1) return;
  const off = threadsOff(capabilities);
  if (off !== null) throw off;
  if (runtime === 'litert' && !capabilities.relaxedSimd) throw new LitescopeError('NO_SIMD', text.litertThreadsNeedRelaxedSimd);
  if (runtime === 'tfjs-kernels' && !capabilities.simd) throw new LitescopeError('NO_SIMD', text.kernelThreadsNeedSimd);
  if (accelerator === 'cpu') throw new LitescopeError('INVALID_CONFIGURATION', text.javaScriptHasOneThread);
  const maximum = maximumThreads(runtime, capabilities);
  if (threads > maximum) throw new LitescopeError('INVALID_CONFIGURATION', text.tooManyThreads(runtime, maximum, threads));
}
