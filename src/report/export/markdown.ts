import { isMeasured, type Report } from '../report';

/** Text as it is, whatever Markdown would make of it. */
function plain(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>()#!|~&]/g, '\\$&');
}

function figure(value: number): string {
  return value.toPrecision(4).includes('e') ? String(Math.round(value)) : value.toPrecision(4);
}

/** Every row of every report as a Markdown table; times in milliseconds, four digits. */
export function reportsAsMarkdown(reports: readonly Report[]): string {
  const head = ['Model', 'Configuration', 'Median, ms', 'p95, ms', 'Mean ± std, ms', 'Init, ms', 'Runs', 'Ratio', 'Where'];
  const rows = reports.flatMap(({ results, environment, comparison }) => results.map((result, row) => {
    const where = plain(`${environment.browser === null ? environment.user_agent : `${environment.browser.name} ${environment.browser.version}`}, ${environment.platform}, ${environment.cores} cores`);
    if (!isMeasured(result)) return [plain(result.model.name), plain(`${result.error.title} (${result.error.code})`), '', '', '', '', '', '', where];
    const { configuration, latency_metrics: latency, misc_metrics: misc } = result;
    const ratio = comparison?.ratios.find((candidate) => candidate.row === row);
    return [
      plain(result.model.name), plain(`${configuration.runtime}, ${configuration.accelerator}, ${configuration.threads} threads, ${configuration.variant}`),
      figure(latency.median_ms), figure(latency.p95_ms), `${figure(latency.avg_ms)} ± ${figure(latency.stddev_ms)}`, figure(latency.init_ms), String(misc.num_runs),
      ratio === undefined ? '' : `${figure(ratio.ratio)} (${ratio.verdict})`, where,
    ];
  }));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, index) => (index >= 2 && index <= 6 ? '---:' : '---'))) + rows.map(line).join('');
}
