import { LitescopeError, type SerializedError } from '../../../errors';
import { DifferenceCounter } from '../../../quantize/difference-histogram';
import { ErrorAccumulator, errorMetrics } from '../../../quantize/metrics';
import { realValues } from '../../../tensor/values';
import { disagreement } from '../../../vision/agreement/worker/agree';
import { accuracyOf, classOf, confusionOf, type Answer } from '../../../vision/agreement/shared/labelled';
import { summarizeAgreement } from '../../../vision/agreement/shared/summary';
import type { Agreement } from '../../../vision/agreement/shared/types';
import type { Decoded, OutputTensor } from '../../../vision/shared/types';
import { agreementOf, decodeToCompare } from './decode-to-compare';
import { matchOutputs, type OutputPair } from './match-outputs';
import type { ComparedSample, ComparisonSetup, Flips, ModelErrors, RunOutputs, SampleOfModel } from '../shared/protocol';

interface Counterpart extends OutputPair {
  readonly errors: ErrorAccumulator;
  readonly differences: DifferenceCounter;
}

interface KeptAnswer extends Answer {
  readonly sample: number;
}

interface Kept {
  pairs: readonly Counterpart[] | null;
  unmatched: readonly string[];
  samples: number;
  decodeError: SerializedError | null;
  readonly agreements: Agreement[];
  readonly answers: KeptAnswer[];
}

/**
 * Sums up how far models are from a reference: in numbers, in the terms of the task, and from the truth. What it keeps of a
 * sample is its row; the outputs themselves are let go.
 */
export class OutputComparer {
  readonly #setup: ComparisonSetup;
  readonly #models: readonly Kept[];
  #samples = 0;

  constructor(setup: ComparisonSetup) {
    this.#setup = setup;
    this.#models = Array.from({ length: setup.models }, () => ({ pairs: null, unmatched: [], samples: 0, decodeError: null, agreements: [], answers: [] }));
  }

  /** @throws LitescopeError INVALID_INPUT, INVALID_QUANTIZATION for outputs whose bytes contradict their shape */
  add(label: string | null, runs: readonly [RunOutputs, ...(RunOutputs | null)[]]): ComparedSample {
    const sample = this.#samples++;
    const truth = label === null ? null : classOf(label, this.#setup.labels);
    const [reference] = runs;
    const wanted = this.#decode(reference, this.#models[0]);
    const models = this.#models.map((kept, index) => {
      const run = runs[index] ?? null;
      if (run === null) return null;
      const decoded = index === 0 ? wanted : this.#decode(run, kept);
      const error = index === 0 ? null : errorOf(kept, reference.outputs, run.outputs);
      const agreement = index === 0 || wanted === null || decoded === null ? null : agreementOf(wanted, decoded);
      kept.samples++;
      if (agreement !== null) kept.agreements.push(agreement);
      const best = decoded?.kind === 'classes' ? decoded.classes : [];
      if (truth !== null && decoded?.kind === 'classes') kept.answers.push({ sample, truth, best: best.map((each) => each.index) });
      const result = this.#setup.results && decoded !== null ? { result: { decoded, placement: run.placement } } : {};
      return { best, error, agreement, disagreement: agreement === null ? null : disagreement(agreement), ...result } satisfies SampleOfModel;
    });
    return { truth, models };
  }

  result(): readonly ModelErrors[] {
    const [reference] = this.#models;
    return this.#models.map((kept) => ({
      outputs: (kept.pairs ?? []).map(({ name, other, by, sizes, position, errors, differences }) => {
        const compared = position !== null && sizes === null;
        const metrics = compared ? errors.metrics() : null;
        const flagged = metrics !== null && (!(metrics.mse <= this.#setup.flag_mse) || metrics.notFinite > 0);
        return { name, other, by, sizes, metrics, histogram: compared ? differences.result() : null, flagged };
      }),
      unmatched: kept.unmatched,
      samples: kept.samples,
      agreement: summarizeAgreement(kept.agreements),
      decodeError: kept.decodeError,
      accuracy: kept.answers.length === 0 ? null : accuracyOf(kept.answers),
      confusion: kept.answers.length === 0 ? null : confusionOf(kept.answers),
      flips: kept === reference || kept.answers.length === 0 ? null : flipsOf(reference?.answers ?? [], kept.answers),
    }));
  }

  #decode(run: RunOutputs, kept: Kept | undefined): Decoded | null {
    const { decoder, labels } = this.#setup;
    if (decoder === undefined) return null;
    try {
      return decodeToCompare(decoder, labels, run);
    } catch (error) {
      if (kept !== undefined) kept.decodeError ??= LitescopeError.from(error, 'UNSUPPORTED_DECODER').serialize();
      return null;
    }
  }
}

function errorOf(kept: Kept, reference: readonly OutputTensor[], outputs: readonly OutputTensor[]): SampleOfModel['error'] {
  if (kept.pairs === null) {
    const pairs = matchOutputs(reference, outputs);
    kept.pairs = pairs.map((pair) => ({ ...pair, errors: new ErrorAccumulator(), differences: new DifferenceCounter() }));
    kept.unmatched = outputs.filter((_, position) => !pairs.some((pair) => pair.position === position)).map(({ name }) => name);
  }
  let worst: SampleOfModel['error'] = null;
  for (const [index, { position, sizes, errors, differences }] of kept.pairs.entries()) {
    const [wanted, got] = [reference[index], position === null ? undefined : outputs[position]];
    if (wanted === undefined || got === undefined || sizes !== null) continue;
    const [wantedValues, gotValues] = [realValues(wanted), realValues(got)];
    errors.add(wantedValues, gotValues);
    differences.add(wantedValues, gotValues);
    const { mse, max_abs, sqnr_db } = errorMetrics(wantedValues, gotValues);
    worst = worst === null
      ? { mse, max_abs, sqnr_db }
      : { mse: Math.max(worst.mse, mse), max_abs: Math.max(worst.max_abs, max_abs), sqnr_db: Math.min(worst.sqnr_db, sqnr_db) };
  }
  return worst;
}

function flipsOf(reference: readonly KeptAnswer[], answers: readonly KeptAnswer[]): Flips {
  const right = new Map(reference.map(({ sample, truth, best }) => [sample, best[0] === truth]));
  const flipped = (was: boolean): number[] => answers.filter(({ sample, truth, best }) => right.get(sample) === was && (best[0] === truth) !== was).map(({ sample }) => sample);
  return { lost: flipped(true), gained: flipped(false) };
}
