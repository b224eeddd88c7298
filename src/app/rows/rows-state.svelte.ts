import type { Litescope, RunResult } from '../../api';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import { LitescopeError, type ErrorCode, type SerializedError } from '../../errors';
import type { Progress } from '../../studies/progress';
import { realValues } from '../../tensor/values';
import type { CallOptions } from '../../threads/shared/methods';
import { accuracyOf, classOf, confusionOf } from '../../vision/agreement/shared/labelled';
import type { Accuracy, ConfusionMatrix } from '../../vision/agreement/shared/types';
import type { Decoder, OutputTensor } from '../../vision/shared/types';
import type { Setup } from '../setup/setup';
import { classesOf, lentNames } from './lent-names';
import type { Row, Table } from './table';

type Best = { readonly index: number; readonly label: string; readonly score: number };

/** What the model made of one row. */
export interface RowResult {
  readonly row: Row;
  /** Best class first; empty where the outputs are no classes. */
  readonly best: readonly Best[];
  /** The first values of the outputs, as real numbers. */
  readonly values: readonly number[];
  /** How many values the outputs have. */
  readonly valueCount: number;
  /** The class that the label means. */
  readonly truth: number | null;
  readonly error: SerializedError | null;
}

export interface FinishedRows {
  readonly table: Table;
  readonly results: readonly RowResult[];
  /** Names that the labels lent to the classes; null where the model has its own, or there are none. */
  readonly lentNames: readonly string[] | null;
  readonly names: readonly string[] | undefined;
  /** Of rows with a label that is a class; null without any. */
  readonly accuracy: Accuracy | null;
  readonly confusion: ConfusionMatrix | null;
  readonly unknownLabels: number;
  /** Of a lone value against labels that are numbers. */
  readonly meanError: number | null;
}

/** So many values of outputs stand in a row. */
export const shownOutputs = 4;

/** What says that a row cannot be used, and nothing about the model. */
const ofOneRow: ReadonlySet<ErrorCode> = new Set(['INVALID_INPUT', 'VALUE_OUT_OF_RANGE', 'WRONG_VALUE_COUNT', 'EMPTY_TEXT']);

/** Many rows that one model is run on, and what came of them last. A failure leaves it as it is. */
export class RowsState {
  #table = $state.raw<Table | null>(null);
  #finished = $state.raw<FinishedRows | null>(null);

  get table(): Table | null {
    return this.#table;
  }

  get finished(): FinishedRows | null {
    return this.#finished;
  }

  take(table: Table | null): void {
    this.#table = table;
    this.#finished = null;
  }

  /**
   * Runs every row. One that cannot be used fails alone; a cancel keeps what is done.
   * @throws LitescopeError what the API throws
   */
  async run(litescope: Pick<Litescope, 'run'>, setup: Setup, requested: RequestedConfiguration, { signal, onProgress, watchdog_ms }: CallOptions<Progress>): Promise<void> {
    const table = this.#table;
    if (table === null) return;
    const { decoder, names, lentNames } = decodingOf(setup, table);
    const results: RowResult[] = [];
    for (const [index, row] of table.rows.entries()) {
      if (signal?.aborted === true && results.length > 0) break;
      onProgress?.({ kind: 'run-rows', done: index, total: table.rows.length });
      const ran = await runRow(() => litescope.run(setup.model.id, requested, row.inputs, { signal, watchdog_ms, ...setup.signature.options, decoder, labels: names }));
      if (ran === null) break;
      results.push({ ...ran, row, truth: row.label === null || decoder?.kind !== 'classification' ? null : classOf(row.label, names) });
    }
    this.#finished = { table, results, names, lentNames, ...judged(results, decoder) };
  }
}

function decodingOf(setup: Setup, { rows }: Table): { readonly decoder: Decoder | undefined; readonly names: readonly string[] | undefined; readonly lentNames: readonly string[] | null } {
  const { decoder, labels } = setup.decoding;
  const [classes, lent] = [classesOf(setup), lentNames(setup, rows)];
  const areClasses = decoder === undefined && classes > 1 && rows.some(({ label }) => label !== null && classOf(label, lent ?? labels ?? Array.from({ length: classes }, (_, index) => String(index))) !== null);
  return { decoder: areClasses ? { kind: 'classification', top: 5 } : decoder, names: lent ?? labels, lentNames: lent };
}

/** Null for what was cancelled. */
async function runRow(run: () => Promise<Pick<RunResult, 'outputs' | 'decoded'>>): Promise<Omit<RowResult, 'row' | 'truth'> | null> {
  try {
    const { outputs, decoded } = await run();
    const { values, valueCount } = firstValues(outputs);
    return { best: decoded?.kind === 'classes' ? decoded.classes : [], values, valueCount, error: null };
  } catch (error) {
    const typed = LitescopeError.from(error);
    if (typed.code === 'CANCELLED') return null;
    if (!ofOneRow.has(typed.code)) throw typed;
    return { best: [], values: [], valueCount: 0, error: typed.serialize() };
  }
}

function firstValues(outputs: readonly OutputTensor[]): Pick<RowResult, 'values' | 'valueCount'> {
  const all = outputs.map((output) => realValues(output));
  return { values: all.flatMap((values) => [...values.subarray(0, shownOutputs)]).slice(0, shownOutputs), valueCount: all.reduce((sum, { length }) => sum + length, 0) };
}

function judged(results: readonly RowResult[], decoder: Decoder | undefined): Pick<FinishedRows, 'accuracy' | 'confusion' | 'unknownLabels' | 'meanError'> {
  const labelled = results.filter(({ row, error }) => row.label !== null && error === null);
  if (decoder?.kind === 'classification') {
    const answers = labelled.flatMap(({ truth, best }) => (truth === null ? [] : [{ truth, best: best.map(({ index }) => index) }]));
    const none = answers.length === 0;
    return { accuracy: none ? null : accuracyOf(answers), confusion: none ? null : confusionOf(answers), unknownLabels: labelled.length - answers.length, meanError: null };
  }
  const errors = labelled.flatMap(({ row, values: [value], valueCount }) => (valueCount !== 1 || value === undefined || !Number.isFinite(Number(row.label)) ? [] : [Math.abs(value - Number(row.label))]));
  return { accuracy: null, confusion: null, unknownLabels: 0, meanError: errors.length === 0 ? null : errors.reduce((sum, error) => sum + error, 0) / errors.length };
}

/** The two classes that are taken for each other most often; null where none are. */
export function mostConfused({ classes, counts }: ConfusionMatrix): { readonly truth: number; readonly answer: number; readonly times: number } | null {
  const wrong = counts.flatMap((row, truth) => row.flatMap((times, answer) => (truth === answer || times === 0 ? [] : [{ truth: classes[truth] ?? 0, answer: classes[answer] ?? 0, times }])));
  return wrong.sort((one, other) => other.times - one.times)[0] ?? null;
}

/** The rows with what came of each, as a table to be saved: cells, label, answer and score, or values of the outputs. */
export function resultTable({ table, results }: FinishedRows): readonly (readonly (string | number | null)[])[] {
  const classes = results.some(({ best }) => best.length > 0);
  const outputs = Math.max(0, ...results.map(({ values }) => values.length));
  const made = classes ? ['answer', 'score'] : Array.from({ length: outputs }, (_, index) => `output ${index}`);
  return [
    [...table.columns, ...(table.labelColumn === null ? [] : ['label']), ...made],
    ...results.map(({ row, best: [first], values }) => [
      ...row.cells.map((cell) => (cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell)),
      ...(table.labelColumn === null ? [] : [row.label]),
      ...(classes ? [first?.label ?? null, first?.score ?? null] : Array.from({ length: outputs }, (_, index) => values[index] ?? null)),
    ]),
  ];
}
