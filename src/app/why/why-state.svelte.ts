import type { Litescope } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { Configuration, RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { LitescopeError } from '../../errors';
import type { BenchmarkPlan } from '../../report/benchmark';
import type { Roofline } from '../../report/comparison';
import type { OpProfile } from '../../report/op-profile';
import { isMeasured, type BenchmarkResult, type Environment, type Report } from '../../report/report';
import type { SigningTimes, UnfoldingTimes } from '../../report/findings';
import type { SweepSeries } from '../../report/thread-sweep';
import type { SweepState } from '../threads/sweep-state.svelte';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** What was measured to tell why a model is as slow as it is. */
export interface WhyEvidence {
  /** With the op profile in its row, and the peak. */
  readonly report: Report;
  readonly result: BenchmarkResult;
  readonly environment: Environment;
  readonly roofline: Roofline;
  /** Null where the runtime cannot tell its ops apart; then `profileError` says why. */
  readonly profile: OpProfile | null;
  readonly profileError: LitescopeError | null;
  readonly series: SweepSeries | null;
  /** Null where no weights are unfolded when the model is loaded, or the runtime does not load them as float32. */
  readonly unfolding: UnfoldingTimes | null;
  /** Null where there are no legacy 8-bit weights, or the converted model could not be timed. */
  readonly signing: SigningTimes | null;
}

/** The evidence about each model; the browser's peak is measured again each time, because it changes with the machine. */
export class WhyState {
  #known = $state.raw<Readonly<Record<string, WhyEvidence>>>({});

  of(modelId: string): WhyEvidence | null {
    return this.#known[modelId] ?? null;
  }

  /** @throws LitescopeError the failure of the benchmark; CANCELLED; INVALID_INPUT when an input has no values yet */
  async measure(litescope: Litescope, { model, inputs, signature }: Setup, requested: RequestedConfiguration, plan: BenchmarkPlan, sweep: SweepState, options: CallOptions<Progress>): Promise<void> {
    const { sources } = inputs;
    const asked = { ...options, ...signature.options };
    const report = await litescope.benchmark([model.id], [requested], plan, sources, asked);
    const [result] = report.results;
    if (result === undefined || !isMeasured(result)) throw result === undefined ? new LitescopeError('INTERNAL', 'A benchmark gave no row.') : LitescopeError.deserialize(result.error);
    const { runtime, accelerator, threads } = result.configuration;
    const roofline = await litescope.peak([1, threads, report.environment.cores], options);
    const same = { runtime, accelerator, threads } as Configuration;
    // What a runtime refuses here leaves the rest as it is.
    const tried = async <T>(work: Promise<T>): Promise<T | LitescopeError> => {
      try {
        return await work;
      } catch (thrown) {
        const error = LitescopeError.from(thrown);
        if (error.code === 'CANCELLED') throw error;
        return error;
      }
    };
    const profiled = await tried(litescope.profile(model.id, same, sources, { ...asked, plan, fallback: false }));
    const [profile, profileError] = profiled instanceof LitescopeError ? [null, profiled] : [profiled.op_profile, null];
    const isHalf = model.summary.weights.some(({ dtype }) => dtype === 'float16');
    const loads = isHalf ? await tried(litescope.timeUnfolding(model.id, same, asked)) : null;
    const unfolding = loads instanceof LitescopeError ? null : loads;
    const isLegacy = model.summary.weights.some(({ dtype }) => dtype === 'uint8');
    const turns = isLegacy ? await tried(litescope.timeSigning(model.id, same, sources, asked)) : null;
    const signing = turns instanceof LitescopeError ? null : turns;
    const whole: Report = { ...report, results: [{ ...result, ...(profile === null ? {} : { op_profile: profile }) }], roofline };
    const evidence = { report: whole, result, environment: report.environment, roofline, profile, profileError, series: accelerator === 'wasm' ? sweep.seriesOf(model.id, runtime) : null, unfolding, signing };
    this.#known = { ...this.#known, [model.id]: evidence };
  }
}
