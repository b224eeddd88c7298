import * as v from 'valibot';
import { LitescopeError } from '../errors';
import { report as wording } from '../messages/report';
import { benchmarkPlanSchema, latencyMetricsSchema, memoryMetricsSchema } from './benchmark';
import { calibrationSchema, comparisonSchema, rooflineSchema } from './comparison';
import { environmentSchema, measuredConfigurationSchema, modelIdentitySchema, refusedConfigurationSchema, reportedErrorSchema, warningSchema } from './configuration';
import { opProfileSchema } from './op-profile';
import { threadSweepSchema } from './thread-sweep';
import { count, finite, milliseconds, name, samples, text, type Immutable } from './values';

export type { Environment, MeasuredConfiguration, ModelIdentity, RefusedConfiguration, Warning } from './configuration';

/** One row: fields as in TFLite's benchmark_result.proto, with what ran and every sample beside them. */
const benchmarkResultSchema = v.strictObject({
  name,
  model: modelIdentitySchema,
  configuration: measuredConfigurationSchema,
  /** Empty where the first choice was measured. */
  refusals: v.pipe(v.array(refusedConfigurationSchema), v.maxLength(20)),
  latency_metrics: latencyMetricsSchema,
  memory_metrics: memoryMetricsSchema,
  misc_metrics: v.strictObject({ model_size_mb: finite, num_runs: count, num_warmup_runs: count }),
  warmup_samples_ms: samples,
  samples_ms: samples,
  /** Where runs are shorter than the clock can tell: of how many each of `samples_ms` is the mean. */
  runs_per_sample: v.exactOptional(count),
  /** Where rows took turns: how many of `samples_ms` came from each round, in order. */
  bursts: v.exactOptional(v.pipe(v.array(count), v.maxLength(10_000))),
  /** What makes these figures doubtful. */
  warnings: v.pipe(v.array(warningSchema), v.maxLength(50)),
  /** Where an invoke's time goes, from a session of its own. */
  op_profile: v.exactOptional(opProfileSchema),
});

/** A row that could not be measured; the others are not lost because of it. */
const failedResultSchema = v.strictObject({ name, model: modelIdentitySchema, error: reportedErrorSchema });

/** What a link had no room for. Statistics were made before, from everything. */
const leftOutSchema = v.strictObject({
  /** Samples of all rows, warm-up included. */
  samples: count,
  /** Per row of `results`: how many of its fastest ops are missing, and their times' sum. */
  ops: v.pipe(v.array(v.strictObject({ row: count, count, time_ms: milliseconds })), v.maxLength(1000)),
});

export const reportSchema = v.strictObject({
  schema: v.literal(1),
  /** ISO 8601, UTC. */
  created: v.pipe(text, v.isoTimestamp()),
  environment: environmentSchema,
  plan: benchmarkPlanSchema,
  results: v.pipe(v.array(v.union([benchmarkResultSchema, failedResultSchema])), v.maxLength(1000)),
  /** Where rows were measured in turn. */
  comparison: v.exactOptional(comparisonSchema),
  /** Where rows differ in their number of threads. */
  sweep: v.exactOptional(threadSweepSchema),
  calibration: v.exactOptional(calibrationSchema),
  roofline: v.exactOptional(rooflineSchema),
  /** Where the report came in a link that could not hold all of it. */
  left_out: v.exactOptional(leftOutSchema),
});

export type BenchmarkResult = Immutable<v.InferOutput<typeof benchmarkResultSchema>>;
export type FailedResult = Immutable<v.InferOutput<typeof failedResultSchema>>;
export type LeftOut = Immutable<v.InferOutput<typeof leftOutSchema>>;
export type Report = Immutable<v.InferOutput<typeof reportSchema>>;

export function isMeasured(result: BenchmarkResult | FailedResult): result is BenchmarkResult {
  return 'latency_metrics' in result;
}

/**
 * Checks what says that it is a report.
 * @throws LitescopeError INVALID_REPORT with the path of the first thing that is wrong (`results.0.samples_ms.3`)
 */
export function parseReport(json: unknown): Report {
  const result = v.safeParse(reportSchema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  // What these two expect stands in their own messages.
  const expected = issue.type === 'regex' || issue.type === 'check' ? null : issue.expected;
  throw new LitescopeError('INVALID_REPORT', wording.invalidAt(v.getDotPath(issue) ?? wording.theReport, issue.message, expected, issue.received));
}
