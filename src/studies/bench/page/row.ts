import { mean, sum } from 'd3-array';
import { LitescopeError, type SerializedError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import type { BenchmarkPlan } from '../../../report/benchmark';
import type { BenchmarkResult, FailedResult, ModelIdentity } from '../../../report/report';
import { inputGapWarnings, sampleWarnings } from '../../../report/warnings';
import { summarizeSamples } from '../../../stats/summarize';
import type { AttemptOptions } from '../../../engine/session/page/sessions';
import type { Refusal } from '../../../engine/configuration/shared/refusal';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { BenchmarkReply } from '../shared/protocol';
import type { ProducedConfiguration, RequestedConfiguration } from '../../../engine/configuration/shared/configuration';
import type { Session, SessionModel } from '../../../engine/session/page/session';
import { sessions } from '../../session/page/sessions';
import type { StudyMethods } from '../../worker/study-methods';
import type { Progress } from '../../progress';

/** What a row of a report measures. */
export interface RowSubject {
  readonly name: string;
  readonly identity: ModelIdentity;
  readonly model: SessionModel;
  readonly requested: RequestedConfiguration;
  /** @throws LitescopeError INVALID_INPUT, which fails this row alone */
  readonly inputs: () => InputSources;
  readonly slowedBy: number;
}

interface Begun {
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
}

/** A row of a report while it is measured, in one session or, where rows take turns, in one for each round. */
export class Row {
  readonly subject: RowSubject;
  readonly #replies: BenchmarkReply[] = [];
  #begun: Begun | null = null;
  #error: SerializedError | null = null;
  /** The session that is kept for the rounds to come. */
  #kept: Session<StudyMethods> | null = null;

  constructor(subject: RowSubject) {
    this.subject = subject;
  }

  get failed(): boolean {
    return this.#error !== null;
  }

  /**
   * Opens a session, warms up, times runs and ends the session. What was asked for is tried with its fallbacks in the
   * first session only; those that follow run what that one ran. A failure is the row's own and ends it.
   * @param keepSession leaves the session open for the next round, until the row is closed
   * @throws LitescopeError CANCELLED
   */
  async measure(plan: BenchmarkPlan, options: AttemptOptions<Progress>, keepSession = false): Promise<void> {
    const { model, requested, inputs, slowedBy } = this.subject;
    try {
      // What the first session found holds for all, so that their samples are alike.
      const request = { inputs: inputs(), plan, slowedBy, runs_per_sample: this.#replies[0]?.runs_per_sample ?? 'fit' as const };
      if (this.#kept !== null) {
        this.#replies.push(await this.#kept.remote.benchmark(request, options));
        return;
      }
      const wanted = this.#begun?.configuration ?? requested;
      const { session, value, refusals } = await sessions.attempt(model, wanted, (opened) => opened.remote.benchmark(request, options), this.#begun === null ? options : { ...options, fallback: false });
      if (keepSession) this.#kept = session;
      else session.close();
      this.#begun ??= { configuration: session.loaded.configuration, refusals };
      this.#replies.push(value);
    } catch (error) {
      const typed = LitescopeError.from(error);
      if (typed.code === 'CANCELLED') throw typed;
      this.#error = typed.serialize();
    }
  }

  /** Ends the session that was kept, if any. */
  close(): void {
    this.#kept?.close();
    this.#kept = null;
  }

  /** Initialisation, first inference and memory are those of the first session. */
  result(): BenchmarkResult | FailedResult {
    const { name, identity } = this.subject;
    const [first] = this.#replies;
    if (this.#error !== null || this.#begun === null || first === undefined) {
      return { name, model: identity, error: this.#error ?? new LitescopeError('INTERNAL', text.rowNotMeasured).serialize() };
    }
    const samples_ms = this.#replies.flatMap((reply) => reply.samples_ms);
    const warmup_samples_ms = this.#replies.flatMap((reply) => reply.warmup_samples_ms);
    return {
      name,
      model: identity,
      configuration: this.#begun.configuration,
      refusals: this.#begun.refusals,
      latency_metrics: { ...first.latency_metrics, average_warm_up_ms: mean(warmup_samples_ms) ?? first.latency_metrics.average_warm_up_ms, ...summarizeSamples(samples_ms) },
      memory_metrics: { ...first.memory_metrics, peak_mem_mb: Math.max(...this.#replies.map(({ memory_metrics }) => memory_metrics.peak_mem_mb)) },
      misc_metrics: { model_size_mb: identity.bytes / 1024 / 1024, num_runs: samples_ms.length * first.runs_per_sample, num_warmup_runs: sum(this.#replies, ({ num_warmup_runs }) => num_warmup_runs) },
      warmup_samples_ms,
      samples_ms,
      ...(first.runs_per_sample === 1 ? {} : { runs_per_sample: first.runs_per_sample }),
      ...(this.#replies.length === 1 ? {} : { bursts: this.#replies.map((reply) => reply.samples_ms.length) }),
      warnings: [...sampleWarnings(samples_ms, first.runs_per_sample), ...this.#replies.flatMap(({ input_gap }) => (input_gap === null ? [] : inputGapWarnings(input_gap))).slice(0, 1)],
    };
  }
}
