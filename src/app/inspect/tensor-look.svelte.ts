import type { Litescope } from '../../api';
import { LitescopeError } from '../../errors';
import type { CallOptions } from '../../threads/shared/methods';
import type { ProducedConfiguration } from '../../engine/configuration/shared/configuration';
import type { TensorPlace } from '../../inspect/describe/shared/descriptions';
import { TensorViewer } from '../../inspect/values/page/tensor-viewer';
import { setupKey } from '../setup/setup-key';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** A tensor as it was in one run. */
export interface SeenTensor extends TensorPlace {
  /** Tells inputs and signature of that run from what is set up now. */
  readonly setup: string | null;
  readonly configuration: ProducedConfiguration;
  /** Of the whole run, copying the tensor out included. */
  readonly invoke_ms: number;
  /** In the run, where free dimensions have a size. */
  readonly shape: readonly number[];
  /** Answers what is asked of the values; null when no op of the run writes this tensor. */
  readonly viewer: TensorViewer | null;
}

/** The one tensor of a model that is looked at as it is in a run. The next one takes its place. */
export class TensorLook {
  #seen = $state.raw<SeenTensor | null>(null);
  #refused = $state.raw<string | null>(null);
  #closed = false;

  /** The setup of the latest tensor that was seen; null while there is none. */
  get setup(): string | null {
    return this.#seen?.setup ?? null;
  }

  /** The setup with which a run failed or was cancelled: it is not to be tried again unasked. */
  get refused(): string | null {
    return this.#refused;
  }

  /** What was seen of a tensor with this setup; null for another tensor, or where the inputs have changed since. */
  at({ subgraph, tensor }: TensorPlace, setup: string | null): SeenTensor | null {
    const seen = this.#seen;
    return seen !== null && seen.setup === setup && seen.subgraph === subgraph && seen.tensor === tensor ? seen : null;
  }

  /**
   * Runs what is set up on tfjs-kernels, which hands out what lies between input and output, and keeps this tensor alone.
   * @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet
   */
  async look(litescope: Litescope, setup: Setup, { subgraph, tensor }: TensorPlace, options: CallOptions<Progress>): Promise<void> {
    const key = setupKey(setup);
    this.#replace(null);
    try {
      const { tensors: [found], configuration, timings } = await litescope.run(setup.model.id, { runtime: 'tfjs-kernels' }, setup.inputs.sources, {
        ...options, ...setup.signature.options, tensors: [tensor], fallback: false,
      });
      // Moved on to the worker that shows it: the page keeps nothing.
      const viewer = found === undefined ? null : await TensorViewer.open(found, { signal: options.signal });
      this.#refused = null;
      this.#replace({ subgraph, tensor, setup: key, configuration, invoke_ms: timings.invoke_ms, shape: found?.shape ?? [], viewer });
    } catch (error) {
      this.#refused = key;
      throw LitescopeError.from(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#replace(null);
  }

  #replace(seen: SeenTensor | null): void {
    this.#seen?.viewer?.close();
    // The model may have been closed while its tensor was on the way.
    if (this.#closed) seen?.viewer?.close();
    this.#seen = this.#closed ? null : seen;
  }
}
