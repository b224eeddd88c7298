import type { Litescope } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import type { ProfiledModel } from '../../studies/profile/page/profile-model';
import { LitescopeError } from '../../errors';
import type { BenchmarkPlan } from '../../report/benchmark';
import { isMeasured, type Report } from '../../report/report';
import type { NumberedOps } from '../graph/op-number-sets.svelte';
import { timesOf } from './profile-numbers';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** A finished profile with the configuration that it was asked for in. */
export interface FinishedProfile extends ProfiledModel {
  readonly requested: RequestedConfiguration;
}

/** The latest profile of one model. A failure leaves it as it is. */
export class ProfileState {
  #finished = $state.raw<FinishedProfile | null>(null);
  #report = $state.raw<Report | null>(null);

  get finished(): FinishedProfile | null {
    return this.#finished;
  }

  /** The latest profile in a report; null until whole runs were measured beside it. */
  get report(): Report | null {
    return this.#report;
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async measure(litescope: Litescope, { model, inputs, signature, opNumbers }: Setup & NumberedOps, requested: RequestedConfiguration, plan: BenchmarkPlan, options: CallOptions<Progress>): Promise<void> {
    const profiled = await litescope.profile(model.id, requested, inputs.sources, { ...options, ...signature.options, plan });
    this.#finished = { ...profiled, requested };
    this.#report = null;
    opNumbers.put(timesOf(profiled.op_profile));
  }

  /**
   * Measures whole runs in the profile's own configuration, without what timing the ops costs, and puts both in a report.
   * @throws LitescopeError the failure of the benchmark; CANCELLED
   */
  async measureWhole(litescope: Litescope, { model, inputs, signature }: Setup, plan: BenchmarkPlan, options: CallOptions<Progress>): Promise<void> {
    const finished = this.#finished;
    if (finished === null) return;
    const { runtime, accelerator, threads } = finished.configuration;
    const report = await litescope.benchmark([model.id], [{ runtime, accelerator, threads }], plan, inputs.sources, { ...options, ...signature.options, fallback: false });
    const results = report.results.map((result) => {
      if (!isMeasured(result)) throw LitescopeError.deserialize(result.error);
      return { ...result, op_profile: finished.op_profile };
    });
    if (this.#finished === finished) this.#report = { ...report, results };
  }
}
