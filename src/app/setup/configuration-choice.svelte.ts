import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { defaultWatchdog_ms } from '../../threads/page/owned-worker';
import type { ConfigurationDraft } from './draft';

/** How models are to be run. One choice for all models, so that they can be compared. */
export class ConfigurationChoice {
  #runtime = $state<RequestedConfiguration['runtime']>('auto');
  #accelerator = $state<RequestedConfiguration['accelerator']>('auto');
  #threads = $state<RequestedConfiguration['threads']>('auto');
  #watchdogSeconds = $state(defaultWatchdog_ms / 1000);
  /** Whether its fields are shown, and not its line alone. */
  expanded = $state(false);

  get runtime(): RequestedConfiguration['runtime'] {
    return this.#runtime;
  }

  get accelerator(): RequestedConfiguration['accelerator'] {
    return this.#accelerator;
  }

  get threads(): RequestedConfiguration['threads'] {
    return this.#threads;
  }

  get watchdogSeconds(): number {
    return this.#watchdogSeconds;
  }

  get requested(): RequestedConfiguration {
    return { runtime: this.#runtime, accelerator: this.#accelerator, threads: this.#threads };
  }

  get draft(): ConfigurationDraft {
    return { ...this.requested, watchdogSeconds: this.#watchdogSeconds };
  }

  restore({ runtime, accelerator, threads, watchdogSeconds }: ConfigurationDraft): void {
    this.#accelerator = accelerator;
    this.chooseRuntime(runtime);
    this.chooseThreads(threads);
    this.chooseWatchdogSeconds(watchdogSeconds);
  }

  /** Whether this is what was asked for then. */
  isRequested({ runtime, accelerator, threads }: RequestedConfiguration): boolean {
    return runtime === this.#runtime && accelerator === this.#accelerator && threads === this.#threads;
  }

  chooseRuntime(runtime: RequestedConfiguration['runtime']): void {
    this.#runtime = runtime;
    // Keeping an accelerator that the runtime lacks would ask for what does not exist.
    const known: readonly RequestedConfiguration['accelerator'][] = runtime === 'tfjs-tflite' || runtime === 'compiled' ? [] : runtime === 'tfjs-kernels' ? ['cpu'] : ['webgpu', 'webnn'];
    if (this.#accelerator !== 'wasm' && !known.includes(this.#accelerator)) this.#accelerator = 'auto';
  }

  chooseAccelerator(accelerator: RequestedConfiguration['accelerator']): void {
    this.#accelerator = accelerator;
  }

  chooseThreads(threads: RequestedConfiguration['threads']): void {
    this.#threads = threads;
  }

  chooseWatchdogSeconds(seconds: number): void {
    if (Number.isFinite(seconds) && seconds >= 0) this.#watchdogSeconds = seconds;
  }
}
