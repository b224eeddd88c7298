/** Where results go: text to the terminal, JSON and CSV to files, or JSON alone on standard output with `-`. */
import { writeFileSync } from 'node:fs';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import { commandLine } from '../src/messages/command-line';
import type { Progress } from '../src/studies/progress';
import { describeProgress } from '../src/wording/progress';
import { UsageError } from './errors';

export interface OutputFlags {
  readonly json?: string | undefined;
  readonly csv?: string | undefined;
  /** Tables as wide as what stands in them, on a terminal too. */
  readonly wide?: boolean | undefined;
}

/** True where nothing but JSON may stand on standard output. */
export function isJsonOnly({ json }: OutputFlags): boolean {
  return json === '-';
}

function streamFor(flags: OutputFlags): NodeJS.WriteStream {
  return isJsonOnly(flags) ? process.stderr : process.stdout;
}

/** Text for people: on standard error where standard output belongs to JSON. */
export function say(text: string, flags: OutputFlags): void {
  streamFor(flags).write(text.endsWith('\n') ? text : `${text}\n`);
}

/** How many columns a table that is said with these flags may take: those of the terminal; any number in a pipe, in a file and with `--wide`. */
export function tableWidth(flags: OutputFlags): number {
  const { isTTY, columns } = streamFor(flags);
  // A terminal that does not tell its size says 0.
  return flags.wide === true || !isTTY || columns === 0 ? Infinity : columns;
}

/** @param path `-` for standard output. @throws UsageError where the file cannot be written */
export function save(path: string, content: string | Uint8Array): void {
  if (path === '-') {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UsageError(commandLine.cannotWrite(path, error instanceof Error ? error.message : String(error)));
  }
}

/** Progress on a terminal: one line that is written over. In a pipe, a line for each new step, without the figures that change. */
export class ProgressDisplay {
  readonly #terminal = process.stderr.isTTY;
  #last = '';

  show(progress: Progress): void {
    const { text, fraction } = describeProgress(progress);
    if (this.#terminal) {
      process.stderr.write(`\r\u001b[K${text}${fraction === null ? '' : ` (${Math.floor(fraction * 100)} %)`}`);
      return;
    }
    const step = text.split(/[:：]/, 1)[0] ?? text;
    if (step !== this.#last) process.stderr.write(`${step}\n`);
    this.#last = step;
  }

  clear(): void {
    if (this.#terminal) process.stderr.write('\r\u001b[K');
    this.#last = '';
  }
}

/** No column is made narrower than this: less would tell nothing. */
const narrowest = 12;
const gap = '  ';

/** A number, or text that begins as one: a shape, a figure with its unit. Cut, it would be another. */
const isFigure = (cell: string | number | undefined): boolean => typeof cell === 'number' || /^[−-]?\d/.test(cell ?? '');

/**
 * Columns as wide as their widest cell; numbers to the right. Where that is more than there is room for, the widest
 * columns of names are made narrower, and what stands in them is cut in the middle: long names differ at their ends.
 * @param room columns that there are for a line
 */
export function table(rows: readonly (readonly (string | number)[])[], room = Infinity): string {
  const cells = rows.map((row) => row.map(String));
  const everyCell = (column: number, holds: (cell: string | number | undefined) => boolean) => rows.slice(1).every((row) => holds(row[column]));
  const numeric = (cells[0] ?? []).map((_, column) => everyCell(column, (cell) => typeof cell === 'number'));
  const figures = numeric.map((_, column) => everyCell(column, isFigure));
  const whole = numeric.map((_, column) => Math.max(...cells.map((row) => stringWidth(row[column] ?? ''))));
  const atMost = (widest: number) => whole.map((width, column) => (figures[column] === true ? width : Math.min(width, widest)));
  const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
  let widest = Math.max(narrowest, ...whole);
  while (widest > narrowest && total(atMost(widest)) > room) widest -= 1;
  const widths = atMost(widest);
  return cells.map((row) => `${row.map((cell, column) => {
    const width = widths[column] ?? 0;
    const shown = cliTruncate(cell, width, { position: 'middle' });
    const padding = ' '.repeat(width - stringWidth(shown));
    return numeric[column] === true ? padding + shown : shown + padding;
  }).join(gap).trimEnd()}\n`).join('');
}
