import type { Litescope } from '../../api';
import type { CallOptions } from '../../engine/owned-worker';
import type { RequestedConfiguration } from '../../engine/protocol';
import type { ProfiledModel } from '../../engine/profile/profile-model';
import type { BenchmarkPlan } from '../../report/benchmark';
import { timesOf } from '../profile/profile-numbers';
import type { WorkModel } from './work-model.svelte';

/** A finished profile with the configuration that it was asked for in. */
export interface FinishedProfile extends ProfiledModel {
  readonly requested: RequestedConfiguration;
}

/** The latest profile of one model. A failure leaves it as it is. */
export class ProfileState {
  #finished = $state.raw<FinishedProfile | null>(null);

  get finished(): FinishedProfile | null {
    return this.#finished;
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async measure(litescope: Litescope, { model, inputs, signature, opNumbers }: WorkModel, requested: RequestedConfiguration, plan: BenchmarkPlan, options: CallOptions): Promise<void> {
    const profiled = await litescope.profile(model.id, requested, inputs.sources, { ...options, ...signature.options, plan });
    this.#finished = { ...profiled, requested };
    opNumbers.put(timesOf(profiled.op_profile));
  }
}
