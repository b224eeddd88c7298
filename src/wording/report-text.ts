import type { BenchmarkResult, Report } from '../report/report';
import { describeConfiguration } from './configuration-text';
import { formatBytes, formatMilliseconds } from '../messages/format';

/** A measured row as plain text, for a message or a commit. */
export function resultAsText({ model, configuration, latency_metrics: latency, memory_metrics: memory, misc_metrics: misc }: BenchmarkResult, { environment, created }: Report): string {
  const rows: readonly (readonly [string, string])[] = [
    ['model', `${model.name} (${formatBytes(model.bytes)}, SHA-256 ${model.sha256})`],
    ['ran', `${describeConfiguration(configuration)} (${configuration.variant}, version ${configuration.version})`],
    ['runs', `${misc.num_runs} after ${misc.num_warmup_runs} of warm-up`],
    ['median', formatMilliseconds(latency.median_ms)],
    ['mean', `${formatMilliseconds(latency.avg_ms)} ± ${formatMilliseconds(latency.stddev_ms)} (standard deviation)`],
    ['p5 to p95', `${formatMilliseconds(latency.p5_ms)} to ${formatMilliseconds(latency.p95_ms)}`],
    ['min to max', `${formatMilliseconds(latency.min_ms)} to ${formatMilliseconds(latency.max_ms)}`],
    ['init', formatMilliseconds(latency.init_ms)],
    ['first inference', formatMilliseconds(latency.first_inference_ms)],
    ['warm-up mean', formatMilliseconds(latency.average_warm_up_ms)],
    ['WASM memory', `${formatBytes(memory.before_kb * 1024)} before, ${formatBytes((memory.before_kb + memory.overall_footprint_kb) * 1024)} after`],
    ['measured', `${created} in ${environment.user_agent}, ${environment.cores} cores`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** A file name that every system takes. */
export function safeFileName(name: string): string {
  return name.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '').slice(0, 80) || 'litescope';
}
