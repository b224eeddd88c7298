/** Types only: what crosses between the page and the worker that compares outputs. */
import type { SerializedError } from '../../../errors';
import type { DifferenceHistogram, ErrorMetrics } from '../../../quantize/metrics';
import type { Accuracy, ConfusionMatrix, Agreement } from '../../../vision/agreement/shared/types';
import type { AgreementSummary } from '../../../vision/agreement/shared/summary';
import type { Decoded, Decoder, OutputTensor, Placement } from '../../../vision/shared/types';

/** One output of the reference with its counterpart in another model. */
export interface ComparedOutput {
  readonly name: string;
  /** The counterpart's name; null where there is none. */
  readonly other: string | null;
  /** How the two were found to belong together; null where they were not. */
  readonly by: 'name' | 'position' | null;
  /** Values of either, where their numbers differ, so that nothing can be compared. */
  readonly sizes: { readonly reference: number; readonly other: number } | null;
  /** Over all samples, as real numbers; null where nothing was compared. */
  readonly metrics: ErrorMetrics | null;
  /** Of the differences over all samples, the other's value minus the reference's. */
  readonly histogram: DifferenceHistogram | null;
  /** The mean squared error is above the line that was set, or some values are no numbers. */
  readonly flagged: boolean;
}

/** Samples on which a model and the reference give different best classes, of which one is right. */
export interface Flips {
  /** Indices of samples that the reference has right and the model wrong. */
  readonly lost: readonly number[];
  /** And the other way round. */
  readonly gained: readonly number[];
}

export interface ModelErrors {
  /** In the reference's order; empty for the reference itself. */
  readonly outputs: readonly ComparedOutput[];
  /** Outputs that the reference does not have. */
  readonly unmatched: readonly string[];
  /** How many samples were compared. */
  readonly samples: number;
  /** Null for the reference, and where the task is not known. */
  readonly agreement: AgreementSummary | null;
  /** Why nothing was decoded, although the task is known. */
  readonly decodeError: SerializedError | null;
  /** Null where no sample has a label that is a class. */
  readonly accuracy: Accuracy | null;
  readonly confusion: ConfusionMatrix | null;
  readonly flips: Flips | null;
}

/** What one model made of one sample. */
export interface SampleOfModel {
  /** Its best classes, best first; empty for other tasks. */
  readonly best: readonly { readonly index: number; readonly label: string; readonly score: number }[];
  /** Worst of all outputs against the reference; null for the reference itself and where nothing can be compared. */
  readonly error: { readonly mse: number; readonly max_abs: number; /** Infinite where nothing differs. */ readonly sqnr_db: number } | null;
  readonly agreement: Agreement | null;
  /** 0 for results that agree in everything, 1 for those that have nothing in common. */
  readonly disagreement: number | null;
  /** Where results were asked for: what was decoded, and where the picture lies in the input. Masks and pictures are moved. */
  readonly result?: { readonly decoded: Decoded; readonly placement: Placement | null } | undefined;
}

/** One run of one model. */
export interface RunOutputs {
  /** Their data are moved. */
  readonly outputs: readonly OutputTensor[];
  readonly placement: Placement | null;
}

export interface ComparisonSetup {
  readonly models: number;
  readonly decoder: Decoder | undefined;
  readonly labels: readonly string[] | undefined;
  readonly flag_mse: number;
  /** Whether samples keep what was decoded; of many samples it is much. */
  readonly results: boolean;
}

/** One sample as the worker gets it. */
export interface RunSample {
  readonly label: string | null;
  /** In the order of the models, the reference first; null for models that did not run. */
  readonly runs: readonly [RunOutputs, ...(RunOutputs | null)[]];
}

export interface ComparedSample {
  readonly truth: number | null;
  readonly models: readonly (SampleOfModel | null)[];
}
