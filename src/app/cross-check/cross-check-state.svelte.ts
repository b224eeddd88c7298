import type { Litescope } from '../../api';
import type { CrossCheck } from '../../studies/cross-check/page/cross-check';
import type { CallOptions } from '../../threads/shared/methods';
import type { NumberedOps } from '../graph/op-number-sets.svelte';
import { differencesOf } from './difference-numbers';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** The latest cross-check of one model. A failure leaves it as it is. */
export class CrossCheckState {
  #finished = $state.raw<CrossCheck | null>(null);

  get finished(): CrossCheck | null {
    return this.#finished;
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async check(litescope: Litescope, { model, inputs, signature, opNumbers }: Setup & NumberedOps, options: CallOptions<Progress>): Promise<void> {
    const checked = await litescope.crossCheck(model.id, inputs.sources, { ...options, shapes: signature.options.shapes });
    this.#finished = checked;
    for (const numbers of differencesOf(checked)) opNumbers.put(numbers);
  }
}
