/** Where results go: text to the terminal, JSON and CSV to files, or JSON alone on standard output with `-`. */
import { writeFileSync } from 'node:fs';
import type { Progress } from '../src/studies/progress';
import { describeProgress } from '../src/wording/progress';
import { UsageError } from './errors';

export interface OutputFlags {
  readonly json?: string | undefined;
  readonly csv?: string | undefined;
}

/** True where nothing but JSON may stand on standard output. */
export function isJsonOnly({ json }: OutputFlags): boolean {
  return json === '-';
}

/** Text for people: on standard error where standard output belongs to JSON. */
export function say(text: string, flags: OutputFlags): void {
  const stream = isJsonOnly(flags) ? process.stderr : process.stdout;
  stream.write(text.endsWith('\n') ? text : `${text}\n`);
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
    throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
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
    const step = text.split(':')[0] ?? text;
    if (step !== this.#last) process.stderr.write(`${step}\n`);
    this.#last = step;
  }

  clear(): void {
    if (this.#terminal) process.stderr.write('\r\u001b[K');
    this.#last = '';
  }
}

/** Columns as wide as their widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map(String));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const numeric = widths.map((_, column) => rows.slice(1).every((row) => typeof row[column] === 'number'));
  return cells.map((row) => `${row.map((cell, column) => (numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()}\n`).join('');
}
