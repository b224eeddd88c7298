import type { Litescope } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import type { BenchmarkPlan } from '../../report/benchmark';
import { defaultComparisonPlan, type ComparisonPlan } from '../../report/comparison';
import type { Report } from '../../report/report';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';
import { inputsByModel } from '../setup/inputs-by-model';

export interface ComparedConfiguration {
  readonly id: number;
  readonly requested: RequestedConfiguration;
}

/** What is to be measured in turn, and what came of it last. */
export class ComparisonState {
  #configurations = $state.raw<readonly ComparedConfiguration[]>([]);
  #otherModelIds = $state.raw<readonly string[]>([]);
  #plan = $state.raw<ComparisonPlan>(defaultComparisonPlan);
  #report = $state.raw<Report | null>(null);
  #next = 1;

  /** The same configuration may stand twice: a comparison with itself tells what differences are chance. */
  get configurations(): readonly ComparedConfiguration[] {
    return this.#configurations;
  }

  get otherModelIds(): readonly string[] {
    return this.#otherModelIds;
  }

  get plan(): ComparisonPlan {
    return this.#plan;
  }

  get report(): Report | null {
    return this.#report;
  }

  add(requested: RequestedConfiguration): void {
    this.#configurations = [...this.#configurations, { id: this.#next++, requested }];
  }

  remove(id: number): void {
    this.#configurations = this.#configurations.filter((configuration) => configuration.id !== id);
  }

  chooseModel(id: string, chosen: boolean): void {
    this.#otherModelIds = [...this.#otherModelIds.filter((other) => other !== id), ...(chosen ? [id] : [])];
  }

  changePlan(plan: Partial<ComparisonPlan>): void {
    this.#plan = { ...this.#plan, ...plan };
  }

  /** @throws LitescopeError CANCELLED; INVALID_INPUT when an input has no values yet */
  async measure(litescope: Litescope, setups: readonly Setup[], plan: BenchmarkPlan, options: CallOptions<Progress>): Promise<void> {
    const [first] = setups;
    this.#report = await litescope.benchmark(
      setups.map(({ model }) => model.id), this.#configurations.map(({ requested }) => requested), plan, inputsByModel(setups),
      { ...options, ...(setups.length === 1 ? first?.signature.options : {}), comparison: this.#plan },
    );
  }
}
