import type { BenchmarkResult, Report } from '../report/report';
import { describeConfiguration } from './configuration-text';
import { formatBytes, formatMilliseconds } from '../messages/format';
import { wording as text } from '../messages/wording';

/** A measured row as plain text, for a message or a commit. */
export function resultAsText({ model, configuration, latency_metrics: latency, memory_metrics: memory, misc_metrics: misc }: BenchmarkResult, { environment, created }: Report): string {
  const { result: names } = text;
  return text.resultRows([
    [names.model, text.resultModel(model.name, formatBytes(model.bytes), model.sha256)],
    [names.ran, text.resultRan(describeConfiguration(configuration), configuration.variant, configuration.version)],
    [names.runs, text.resultRuns(misc.num_runs, misc.num_warmup_runs)],
    [names.median, formatMilliseconds(latency.median_ms)],
    [names.mean, text.resultMean(formatMilliseconds(latency.avg_ms), formatMilliseconds(latency.stddev_ms))],
    [names.p5ToP95, text.fromTo(formatMilliseconds(latency.p5_ms), formatMilliseconds(latency.p95_ms))],
    [names.minToMax, text.fromTo(formatMilliseconds(latency.min_ms), formatMilliseconds(latency.max_ms))],
    [names.init, formatMilliseconds(latency.init_ms)],
    [names.firstInference, formatMilliseconds(latency.first_inference_ms)],
    [names.warmUpMean, formatMilliseconds(latency.average_warm_up_ms)],
    [names.wasmMemory, text.beforeAfter(formatBytes(memory.before_kb * 1024), formatBytes((memory.before_kb + memory.overall_footprint_kb) * 1024))],
    [names.measured, text.resultMeasured(created, environment.user_agent, environment.cores)],
  ]);
}

/** A file name that every system takes. */
export function safeFileName(name: string): string {
  return name.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '').slice(0, 80) || 'litescope';
}
