import type { BenchmarkRow, Litescope, OpenModel } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { Configuration } from '../../engine/configuration/shared/configuration';
import { LitescopeError } from '../../errors';
import { defaultComparisonPlan } from '../../report/comparison';
import type { Progress } from '../../studies/progress';
import { isMeasured, type BenchmarkResult, type FailedResult, type ModelIdentity, type Report } from '../../report/report';
import { sharedReport as text } from '../../messages/shared-report';

/** How a model that a report names comes here. */
export type ModelWay =
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'gallery'; readonly id: string }
  | { readonly kind: 'address'; readonly url: string; readonly host: string }
  /** Only the person can bring it. */
  | { readonly kind: 'file' };

function hostOf(url: string): string {
  return /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}

/** The report that a link brought, and what this device measures in the same configurations. */
export class SharedReport {
  #there = $state.raw<Report | null>(null);
  #here = $state.raw<Report | null>(null);
  #ways = $state.raw<Readonly<Record<string, ModelWay>>>({});

  /** As it came; null when no link was opened. */
  get there(): Report | null {
    return this.#there;
  }

  get here(): Report | null {
    return this.#here;
  }

  /** Each model once. */
  get models(): readonly ModelIdentity[] {
    const models = this.#there?.results.filter(isMeasured).map(({ model }) => model) ?? [];
    return models.filter(({ sha256 }, index) => models.findIndex((other) => other.sha256 === sha256) === index);
  }

  wayTo({ sha256 }: ModelIdentity): ModelWay {
    return this.#ways[sha256] ?? { kind: 'file' };
  }

  show(report: Report): void {
    this.#there = report;
    this.#here = null;
  }

  close(): void {
    this.#there = null;
    this.#here = null;
  }

  /** Finds out where the report's models may come from; again when a model was opened. */
  async findModels(litescope: Litescope): Promise<void> {
    const entries = await litescope.gallery().catch(() => []);
    const opened = litescope.models();
    this.#ways = Object.fromEntries(this.models.map(({ sha256, url }): [string, ModelWay] => {
      const model = opened.find((candidate) => candidate.sha256 === sha256);
      const entry = entries.find((candidate) => candidate.sha256 === sha256);
      if (model !== undefined) return [sha256, { kind: 'open', id: model.id }];
      if (entry !== undefined) return [sha256, { kind: 'gallery', id: entry.id }];
      return [sha256, url === undefined ? { kind: 'file' } : { kind: 'address', url, host: hostOf(url) }];
    }));
  }

  /**
   * Measures the report's rows here, with its plan, on models whose hash is the report's. Several rows take turns, as they
   * did there.
   * @param onModel called with each model as it is opened
   * @throws LitescopeError those of opening (HASH_MISMATCH among them); UNKNOWN_MODEL for a model that nobody brought; CANCELLED
   */
  async run(litescope: Litescope, onModel: (model: OpenModel) => void, options: CallOptions<Progress>): Promise<void> {
    const report = this.#there;
    if (report === null) return;
    const opened: OpenModel[] = [];
    for (const identity of this.models) {
      const model = await this.#open(litescope, identity, options);
      onModel(model);
      opened.push(model);
    }
    const rows = report.results.filter(isMeasured).map(({ model, configuration }): BenchmarkRow => ({ id: opened.find(({ sha256 }) => sha256 === model.sha256)?.id ?? '', configuration: configuration as Configuration }));
    const { rounds, confidence } = report.comparison ?? defaultComparisonPlan;
    const here = await litescope.benchmarkRows(rows, report.plan, {}, { ...options, comparison: { rounds, confidence } });
    if (this.#there === report) this.#here = here;
  }

  /** What was measured here for a row of the report. */
  counterpart(row: BenchmarkResult): BenchmarkResult | FailedResult | null {
    return this.#here?.results[this.#there?.results.filter(isMeasured).indexOf(row) ?? -1] ?? null;
  }

  async #open(litescope: Litescope, identity: ModelIdentity, options: CallOptions<Progress>): Promise<OpenModel> {
    const way = this.wayTo(identity);
    if (way.kind === 'gallery') return litescope.openFromGallery(way.id, options);
    if (way.kind === 'address') return litescope.open(way.url, { ...options, sha256: identity.sha256, name: identity.name });
    const model = litescope.models().find(({ sha256 }) => sha256 === identity.sha256);
    if (model === undefined) throw new LitescopeError('UNKNOWN_MODEL', text.fileMissing(identity.name, identity.sha256));
    return model;
  }
}
