import { max } from 'd3-array';
import { isMeasured, type BenchmarkResult, type Report } from '../../report/report';
import { describeConfiguration } from '../../wording/configuration-text';
import { layoutHistogram } from '../charts/histogram-scale';
import { formatBytes, formatMilliseconds, formatMillisecondsFigure } from '../../messages/format';
import { sharing as words } from '../../messages/sharing';

const width = 1200;
const height = 630;
const margin = 56;
/** Rows that are still read on a slide. */
const mostRows = 7;

interface Pen {
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly colour: (token: string) => string;
  text(text: string, x: number, y: number, size: number, token: string, more?: { readonly weight?: number; readonly right?: boolean; readonly room?: number }): void;
}

function penFor(context: OffscreenCanvasRenderingContext2D): Pen {
  const style = getComputedStyle(document.documentElement);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const font = colour('--font');
  return {
    context,
    colour,
    text(text, x, y, size, token, { weight = 400, right = false, room = width - margin - x } = {}) {
      context.font = `${weight} ${size}px ${font}`;
      context.fillStyle = colour(token);
      context.textAlign = right ? 'right' : 'left';
      let shown = text;
      // Names may be long: what has no room ends in an ellipsis.
      while (shown.length > 1 && context.measureText(shown === text ? text : `${shown}…`).width > room) shown = shown.slice(0, Math.min(shown.length - 1, Math.ceil(shown.length * 0.95) - 1));
      context.fillText(shown === text ? text : `${shown}…`, x, y);
    },
  };
}

/** One row: its median large, the other figures beside it, and how its runs spread. */
function drawSingle({ context, colour, text }: Pen, { latency_metrics: latency, misc_metrics: misc, configuration, samples_ms }: BenchmarkResult): void {
  text(`${describeConfiguration(configuration)} · ${configuration.variant}`, margin, 134, 26, '--ink-soft');
  text(formatMillisecondsFigure(latency.median_ms), margin, 270, 118, '--accent', { weight: 600 });
  const after = margin + context.measureText(formatMillisecondsFigure(latency.median_ms)).width + 16;
  text(words.msMedian, after, 270, 30, '--ink-soft');
  const figures = [
    [words.mean, `${formatMilliseconds(latency.avg_ms)} ± ${formatMilliseconds(latency.stddev_ms)}`],
    [words.p5ToP95, words.range(formatMilliseconds(latency.p5_ms), formatMilliseconds(latency.p95_ms))],
    [words.first, formatMilliseconds(latency.first_inference_ms)],
    [words.runs, words.runsAfter(misc.num_runs, misc.num_warmup_runs)],
  ] as const;
  figures.forEach(([name, value], index) => {
    text(name, 690, 180 + index * 40, 22, '--ink-soft');
    text(value, 870, 180 + index * 40, 22, '--ink');
  });
  const plotHeight = 170;
  const base = 530;
  const layout = layoutHistogram(samples_ms, width - 2 * margin, plotHeight, false);
  for (const bar of layout.bars) {
    context.fillStyle = colour(bar.overflow ? '--warning' : '--accent');
    context.fillRect(margin + bar.x, base - bar.height, bar.width, bar.height);
  }
  context.fillStyle = colour('--line-strong');
  context.fillRect(margin, base, width - 2 * margin, 1);
  for (const { at, text: label } of layout.xTicks) text(`${label} ms`, margin + at, base + 24, 17, '--ink-soft', { room: 90 });
}

/** Several rows: a bar of each one's median. */
function drawRows({ context, colour, text }: Pen, report: Report): void {
  const shown = report.results.slice(0, mostRows);
  const slowest = max(shown, (row) => (isMeasured(row) ? row.latency_metrics.median_ms : 0)) || 1;
  const pitch = Math.min(92, 430 / shown.length);
  const room = width - 2 * margin - 330;
  shown.forEach((row, index) => {
    const y = 150 + index * pitch;
    const name = isMeasured(row) ? `${row.model.name}, ${describeConfiguration(row.configuration)}` : row.model.name;
    text(name, margin, y, 22, '--ink', { room: width - 2 * margin });
    context.fillStyle = colour('--sunken');
    context.fillRect(margin, y + 10, room, pitch * 0.32);
    if (!isMeasured(row)) {
      text(row.error.title, margin + 8, y + 10 + pitch * 0.25, 18, '--danger', { room: room - 16 });
      return;
    }
    context.fillStyle = colour('--accent');
    context.fillRect(margin, y + 10, Math.max(2, (room * row.latency_metrics.median_ms) / slowest), pitch * 0.32);
    const ratio = report.comparison?.ratios.find((candidate) => candidate.row === index);
    text(`${formatMilliseconds(row.latency_metrics.median_ms)}${ratio === undefined ? '' : `, ${ratio.ratio.toFixed(2)}×`}`, width - margin, y + 10 + pitch * 0.28, 24, '--ink', { weight: 600, right: true, room: 320 });
  });
  if (report.results.length > shown.length) text(words.moreRows(report.results.length - shown.length), margin, 150 + shown.length * pitch, 20, '--ink-soft');
}

/** A report as a picture for chats and slides, in the page's colours: PNG, 1200 × 630 pixels. */
export async function drawReport(report: Report): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('The browser gives no canvas.');
  const pen = penFor(context);
  context.fillStyle = pen.colour('--surface');
  context.fillRect(0, 0, width, height);
  context.fillStyle = pen.colour('--accent');
  context.fillRect(0, 0, width, 8);
  const models = [...new Map(report.results.map(({ model }) => [model.sha256, model])).values()];
  const [first] = models;
  const title = first === undefined ? words.benchmark : models.length === 1 ? `${first.name}, ${formatBytes(first.bytes)}` : words.models(models.length);
  pen.text(title, margin, 90, 40, '--ink', { weight: 600 });
  const [only] = report.results;
  if (report.results.length === 1 && only !== undefined && isMeasured(only)) drawSingle(pen, only);
  else drawRows(pen, report);
  const { browser, platform, cores } = report.environment;
  const where = `${browser === null ? '' : `${browser.name} ${browser.version}, `}${platform}, ${words.cores(cores)} · ${report.created.slice(0, 10)}`;
  pen.text(where, margin, height - 28, 20, '--ink-soft', { room: 860 });
  pen.text('Litescope', width - margin, height - 28, 20, '--ink-soft', { weight: 600, right: true, room: 200 });
  return canvas.convertToBlob({ type: 'image/png' });
}
