import { report as text } from '../../messages/report';
import { isMeasured, type Report } from '../report';

/** Text as it is, whatever Markdown would make of it. */
function plain(words: string): string {
  return words.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>()#!|~&]/g, '\\$&');
}

function figure(value: number): string {
  return value.toPrecision(4).includes('e') ? String(Math.round(value)) : value.toPrecision(4);
}

/** Every row of every report as a Markdown table; times in milliseconds, four digits. */
export function reportsAsMarkdown(reports: readonly Report[]): string {
  const { columns } = text;
  const head = [columns.model, columns.configuration, columns.median, columns.p95, columns.mean, columns.init, columns.runs, columns.ratio, columns.where];
  const rows = reports.flatMap(({ results, environment, comparison }) => results.map((result, row) => {
    const where = plain(text.where(environment.browser === null ? environment.user_agent : `${environment.browser.name} ${environment.browser.version}`, environment.platform, environment.cores));
    if (!isMeasured(result)) return [plain(result.model.name), plain(`${result.error.title} (${result.error.code})`), '', '', '', '', '', '', where];
    const { configuration, latency_metrics: latency, misc_metrics: misc } = result;
    const ratio = comparison?.ratios.find((candidate) => candidate.row === row);
    return [
      plain(result.model.name), plain(text.ranAs(configuration.runtime, configuration.accelerator, configuration.threads, configuration.variant)),
      figure(latency.median_ms), figure(latency.p95_ms), `${figure(latency.avg_ms)} ± ${figure(latency.stddev_ms)}`, figure(latency.init_ms), String(misc.num_runs),
      ratio === undefined ? '' : text.ratio(figure(ratio.ratio), text.verdicts[ratio.verdict]), where,
    ];
  }));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map((_, index) => (index >= 2 && index <= 6 ? '---:' : '---'))) + rows.map(line).join('');
}
