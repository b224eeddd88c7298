import { report as wording } from '../../messages/report';
import { isMeasured, type BenchmarkResult, type FailedResult, type Report } from '../report';

const us = (milliseconds: number) => milliseconds * 1000;

/** Six digits, as C++ streams print them. */
const short = (value: number) => String(Number(value.toPrecision(6)));

function statLine(samples_ms: readonly number[], statistics: Omit<BenchmarkResult['latency_metrics'], 'init_ms' | 'first_inference_ms' | 'average_warm_up_ms'> | null): string {
  const whole = (milliseconds: number | undefined) => (milliseconds === undefined ? 'n/a' : String(Math.round(us(milliseconds))));
  const line = `count=${samples_ms.length} first=${whole(samples_ms[0])} curr=${whole(samples_ms.at(-1))}`;
  if (statistics === null) return line;
  const { min_ms, max_ms, avg_ms, stddev_ms, p5_ms, median_ms, p95_ms } = statistics;
  return `${line} min=${whole(min_ms)} max=${whole(max_ms)} avg=${short(us(avg_ms))} std=${whole(stddev_ms)} p5=${whole(p5_ms)} median=${whole(median_ms)} p95=${whole(p95_ms)}`;
}

/** One row in the layout of TFLite's benchmark_model: its words, its order, microseconds. */
export function rowAsBenchmarkModel(result: BenchmarkResult | FailedResult, report: Report): string {
  const { plan } = report;
  const asked = [
    `Min num runs: [${plan.num_runs}]`, `Min runs duration (seconds): [${plan.min_secs}]`, `Max runs duration (seconds): [${plan.max_secs}]`,
    `Min warmup runs: [${plan.warmup_runs}]`, `Min warmup runs duration (seconds): [${plan.warmup_min_secs}]`, `Graph: [${result.model.name}]`,
  ];
  if (!isMeasured(result)) return [...asked, wording.failed(result.error.title, result.error.code, result.error.details), ''].join('\n');
  const { configuration, latency_metrics: latency, memory_metrics: memory } = result;
  const lost = report.left_out === undefined || report.left_out.samples === 0 ? [] : [wording.samplesLeftOut(report.left_out.samples)];
  return [
    ...asked,
    `#threads used for CPU inference: [${configuration.threads}]`,
    `Runtime: [${configuration.runtime} ${configuration.version}, ${configuration.accelerator}, ${configuration.variant}]`,
    `The input model file size (MB): ${short(result.model.bytes / 1e6)}`,
    ...lost,
    `Running benchmark for at least ${plan.warmup_runs} iterations and at least ${plan.warmup_min_secs} seconds but terminate if exceeding ${plan.max_secs} seconds.`,
    statLine(result.warmup_samples_ms, null),
    `Running benchmark for at least ${plan.num_runs} iterations and at least ${plan.min_secs} seconds but terminate if exceeding ${plan.max_secs} seconds.`,
    statLine(result.samples_ms, latency).replace(/^count=\d+/, `count=${result.misc_metrics.num_runs}`),
    `Inference timings in us: Init: ${short(us(latency.init_ms))}, First inference: ${short(us(latency.first_inference_ms))}, Warmup (avg): ${short(us(latency.average_warm_up_ms))}, Inference (avg): ${short(us(latency.avg_ms))}`,
    `Memory footprint delta from the start of the tool (MB): init=${short(memory.init_footprint_kb / 1024)} overall=${short(memory.overall_footprint_kb / 1024)}`,
    `Overall peak memory footprint (MB) of WebAssembly: ${short(memory.peak_mem_mb)}`,
    ...result.warnings.map(({ code, text }) => wording.warning(code, text)),
    '',
  ].join('\n');
}

/** Every row, one after the other, and how they compare where they took turns. */
export function reportAsBenchmarkModel(report: Report): string {
  const ratios = (report.comparison?.ratios ?? []).map(({ row, reference, ratio, interval: [low = NaN, high = NaN], verdict }) =>
    `${wording.compared({
      row: report.results[row]?.name ?? '', reference: report.results[reference]?.name ?? '', ratio: ratio.toFixed(3), low: low.toFixed(3), high: high.toFixed(3), verdict: wording.verdicts[verdict],
    })}\n`);
  return report.results.map((result) => rowAsBenchmarkModel(result, report)).join('\n') + (ratios.length === 0 ? '' : `\n${wording.comparison}\n${ratios.join('')}`);
}
