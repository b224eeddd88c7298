import { csvTable } from '../csv';
import { isMeasured, type Report } from '../report';

const columns = [
  'created', 'name', 'model', 'sha256', 'bytes', 'runtime', 'accelerator', 'threads', 'variant', 'version',
  'median_ms', 'avg_ms', 'stddev_ms', 'min_ms', 'p5_ms', 'p95_ms', 'max_ms', 'init_ms', 'first_inference_ms', 'average_warm_up_ms',
  'num_runs', 'num_warmup_runs', 'model_size_mb', 'wasm_memory_before_kb', 'wasm_memory_added_kb', 'peak_mem_mb', 'ratio', 'error',
  'browser', 'platform', 'cores',
] as const;

type Cells = Partial<Readonly<Record<(typeof columns)[number], string | number>>>;

/** Every row of every report as CSV (RFC 4180), under benchmark_result's names; `ratio` is against the report's reference row. */
export function reportsAsCsv(reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => report.results.map((result, row): Cells => {
    const { environment } = report;
    const shared = {
      created: report.created, name: result.name, model: result.model.name, sha256: result.model.sha256, bytes: result.model.bytes,
      browser: environment.browser === null ? environment.user_agent : `${environment.browser.name} ${environment.browser.version}`, platform: environment.platform, cores: environment.cores,
    };
    if (!isMeasured(result)) return { ...shared, error: `${result.error.code}: ${result.error.details || result.error.title}` };
    const { configuration: { runtime, accelerator, threads, variant, version }, memory_metrics: memory } = result;
    const ratio = report.comparison?.ratios.find((candidate) => candidate.row === row)?.ratio;
    return {
      ...shared, runtime, accelerator, threads, variant, version, ...result.latency_metrics, ...result.misc_metrics,
      wasm_memory_before_kb: memory.before_kb, wasm_memory_added_kb: memory.overall_footprint_kb, peak_mem_mb: memory.peak_mem_mb, ...(ratio === undefined ? {} : { ratio }),
    };
  }));
  return csvTable([columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))]);
}
