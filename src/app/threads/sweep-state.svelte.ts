import type { Litescope } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { RuntimeName } from '../../engine/configuration/shared/configuration';
import { LitescopeError } from '../../errors';
import type { BenchmarkPlan } from '../../report/benchmark';
import type { OpProfile } from '../../report/op-profile';
import { isMeasured, type Report } from '../../report/report';
import type { SweepSeries } from '../../report/thread-sweep';
import type { SweepDraft } from '../setup/draft';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';
import { inputsByModel } from '../setup/inputs-by-model';

export interface ThreadProfiles {
  readonly runtime: RuntimeName;
  readonly profiles: readonly { readonly threads: number; readonly profile: OpProfile }[];
  /** Why ops were timed on no further count. */
  readonly failure: { readonly threads: number; readonly error: LitescopeError } | null;
}

export interface Sweep {
  readonly report: Report;
  readonly profiles: readonly ThreadProfiles[];
}

/** Which thread counts are to be measured, and what came of it for each model. */
export class SweepState {
  #runtimes = $state.raw<readonly RuntimeName[]>(['tfjs-tflite']);
  #counts = $state.raw<readonly number[] | null>(null);
  #otherModelIds = $state.raw<readonly string[]>([]);
  #ops = $state(false);
  #sweeps = $state.raw<Readonly<Record<string, Sweep>>>({});

  get runtimes(): readonly RuntimeName[] {
    return this.#runtimes;
  }

  /** The thread counts to try; null for all from 1 to the device's cores. */
  get counts(): readonly number[] | null {
    return this.#counts;
  }

  /** Models that are measured beside the one in question. */
  get otherModelIds(): readonly string[] {
    return this.#otherModelIds;
  }

  /** Whether every op is timed too. */
  get ops(): boolean {
    return this.#ops;
  }

  get draft(): SweepDraft {
    return { runtimes: [...this.#runtimes], counts: this.#counts === null ? null : [...this.#counts], ops: this.#ops };
  }

  restore({ runtimes, counts, ops }: SweepDraft): void {
    this.#runtimes = runtimes;
    this.#counts = counts;
    this.#ops = ops;
  }

  /** Which of the open models are measured beside one. */
  othersOf<Open extends Pick<Setup, 'model'>>({ model }: Pick<Setup, 'model'>, open: readonly Open[]): readonly Open[] {
    return open.filter((each) => each.model.id !== model.id && this.#otherModelIds.includes(each.model.id));
  }

  of(modelId: string): Sweep | null {
    return this.#sweeps[modelId] ?? null;
  }

  chooseRuntime(runtime: RuntimeName, chosen: boolean): void {
    this.#runtimes = [...this.#runtimes.filter((other) => other !== runtime), ...(chosen ? [runtime] : [])];
  }

  chooseCounts(counts: readonly number[]): void {
    this.#counts = counts;
  }

  chooseModel(id: string, chosen: boolean): void {
    this.#otherModelIds = [...this.#otherModelIds.filter((other) => other !== id), ...(chosen ? [id] : [])];
  }

  chooseOps(ops: boolean): void {
    this.#ops = ops;
  }

  /** The series of one runtime on WebAssembly, if it was measured. */
  seriesOf(modelId: string, runtime: string): SweepSeries | null {
    const sweep = this.of(modelId);
    return sweep?.report.sweep?.series.find(({ points: [first] }) => {
      const result = first === undefined ? undefined : sweep.report.results[first.row];
      return result !== undefined && isMeasured(result) && result.model.sha256.startsWith(modelId) && result.configuration.runtime === runtime;
    }) ?? null;
  }

  /**
   * @param setups the model in question first; ops are timed of that one alone
   * @throws LitescopeError CANCELLED; INVALID_INPUT when an input has no values yet
   */
  async measure(litescope: Litescope, [setup, ...others]: readonly [Setup, ...Setup[]], plan: BenchmarkPlan, options: CallOptions<Progress>): Promise<void> {
    const { model, inputs: { sources }, signature } = setup;
    const { cores } = await litescope.capabilities();
    const counts = this.#counts ?? Array.from({ length: cores }, (_, index) => index + 1);
    const asked = { ...options, ...signature.options };
    const setups = [setup, ...others];
    let report = await litescope.sweep(setups.map((each) => each.model.id), this.#runtimes.map((runtime) => ({ runtime })), counts, plan, inputsByModel(setups), others.length === 0 ? asked : options);
    this.#keep(model.id, { report, profiles: [] });
    if (!this.#ops) return;
    let finished: readonly ThreadProfiles[] = [];
    for (const runtime of this.#runtimes) {
      let own: ThreadProfiles = { runtime, profiles: [], failure: null };
      for (const { threads, row } of this.seriesOf(model.id, runtime)?.points ?? []) {
        try {
          const { op_profile } = await litescope.profile(model.id, { runtime, accelerator: 'wasm', threads }, sources, { ...asked, plan, fallback: false });
          own = { ...own, profiles: [...own.profiles, { threads, profile: op_profile }] };
          report = { ...report, results: report.results.map((result, index) => (index === row ? { ...result, op_profile } : result)) };
        } catch (error) {
          // Ops that cannot be timed leave the sweep, and what is known of other counts, as it is.
          const failure = LitescopeError.from(error);
          if (failure.code === 'CANCELLED') throw failure;
          own = { ...own, failure: { threads, error: failure } };
        }
        this.#keep(model.id, { report, profiles: [...finished, own] });
        if (own.failure !== null) break;
      }
      finished = [...finished, own];
    }
  }

  /**
   * Measures one model on few counts, in short turns of sessions that are kept, for a first impression.
   * @throws LitescopeError CANCELLED; INVALID_INPUT when an input has no values yet; what the API throws
   */
  async measureQuickly(litescope: Litescope, { model, inputs, signature }: Setup, runtime: RuntimeName, counts: readonly number[], { plan, rounds }: { readonly plan: BenchmarkPlan; readonly rounds: number }, options: CallOptions<Progress>): Promise<void> {
    const report = await litescope.sweep([model.id], [{ runtime }], counts, plan, inputs.sources, { ...options, ...signature.options, comparison: { rounds }, keepSessions: true });
    this.#keep(model.id, { report, profiles: [] });
  }

  #keep(modelId: string, sweep: Sweep): void {
    this.#sweeps = { ...this.#sweeps, [modelId]: sweep };
  }
}
