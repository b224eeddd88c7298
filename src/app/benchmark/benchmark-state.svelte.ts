import type { Litescope } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { LitescopeError } from '../../errors';
import { defaultPlan, type BenchmarkPlan } from '../../report/benchmark';
import { isMeasured, type BenchmarkResult, type Report } from '../../report/report';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

export interface Measurement {
  readonly id: number;
  readonly modelId: string;
  readonly requested: RequestedConfiguration;
  readonly report: Report;
  readonly result: BenchmarkResult;
}

/** The plan, and everything that was measured since the page was opened; closing a model loses none of it. */
export class BenchmarkState {
  #plan = $state.raw<BenchmarkPlan>(defaultPlan);
  #measurements = $state.raw<readonly Measurement[]>([]);
  #shownId = $state<number | null>(null);
  #next = 1;

  get plan(): BenchmarkPlan {
    return this.#plan;
  }

  /** Newest first. */
  get measurements(): readonly Measurement[] {
    return this.#measurements;
  }

  /** The measurement whose figures are shown for a model: the one that was chosen, else its newest. */
  shownFor(modelId: string): Measurement | null {
    const own = this.#measurements.filter((measurement) => measurement.modelId === modelId);
    return own.find(({ id }) => id === this.#shownId) ?? own[0] ?? null;
  }

  changePlan(plan: Partial<BenchmarkPlan>): void {
    this.#plan = { ...this.#plan, ...plan };
  }

  resetPlan(): void {
    this.#plan = defaultPlan;
  }

  show(id: number): void {
    this.#shownId = id;
  }

  /**
   * @param plan the chosen one when left out
   * @throws LitescopeError the failure of the one row; CANCELLED; INVALID_INPUT when an input has no values yet
   */
  async measure(litescope: Litescope, { model, inputs, signature }: Setup, requested: RequestedConfiguration, options: CallOptions<Progress>, plan: BenchmarkPlan = this.#plan): Promise<void> {
    const report = await litescope.benchmark([model.id], [requested], plan, inputs.sources, { ...options, ...signature.options });
    for (const result of report.results) {
      if (!isMeasured(result)) throw LitescopeError.deserialize(result.error);
      const id = this.#next++;
      this.#measurements = [{ id, modelId: model.id, requested, report, result }, ...this.#measurements];
      this.#shownId = id;
    }
  }
}
