/** Types only: what crosses between the page and the worker that makes variants of models. Files are Blobs and cross by reference. */
import type { CalibratedTensor } from '../../quantize/calibration';
import type { DifferenceHistogram, ErrorMetrics } from '../../quantize/metrics';
import type { RecipeEstimate } from '../../quantize/estimate';
import type { OperatorOutcome } from '../../quantize/quantize';
import type { Recipe } from '../../quantize/recipe';
import type { QuantizedTensor } from '../../quantize/static-quantization';
import type { EdgeTypes } from '../../rewrite/edge-types';
import type { MetadataEdits } from '../../rewrite/edit-metadata';
import type { Note } from '../../rewrite/pass';
import type { Slice } from '../../rewrite/slice';
import type { ModelSummary } from '../../tflite/summary';
import type { OutputTensor } from '../../vision/types';
import type { Result } from '../result';
import type { ComparedTask, OutputMeaning } from './task-agreement';

/** What to do to a model, in this order. */
export interface Rewriting {
  /** Only what lies between these tensors of the model as it is; the passes change that part. */
  readonly part?: Slice | undefined;
  /** Ids of passes. */
  readonly passes?: readonly string[] | undefined;
  /** Types that callers see afterwards. */
  readonly edges?: EdgeTypes | undefined;
  /** What the model says about itself afterwards. */
  readonly metadata?: MetadataEdits | undefined;
}

/** What a part of a model is compared with: the whole, which also gives what the part is given. */
export interface PartReference extends MadeFile {
  /** Where each of the part's inputs comes from: an input of the whole, or one of its outputs, which is no output of the part then. */
  readonly given: readonly { readonly input: string; readonly from: 'input' | 'output'; readonly name: string }[];
}

/** A file that was written and that the verifier passed. */
export interface MadeFile {
  readonly file: Blob;
  readonly summary: ModelSummary;
}

export interface RewrittenFile extends MadeFile {
  readonly changed: readonly Note[];
  readonly left: readonly Note[];
  /** Whether outputs may differ by more than the order of additions does. */
  readonly precision: 'exact' | 'rounding';
  /** Null for a whole model, which is compared with the model as it was. */
  readonly reference: PartReference | null;
}

/** A pass with what it would do to one model. */
export interface PassPreview {
  readonly id: string;
  readonly title: string;
  readonly purpose: string;
  readonly changed: readonly Note[];
  readonly left: readonly Note[];
}

export interface QuantizedFile extends MadeFile {
  readonly operators: readonly OperatorOutcome[];
  readonly tensors: readonly QuantizedTensor[];
  readonly left: readonly Note[];
}

/** How far an output is from its reference over all samples. */
export interface OutputError {
  readonly name: string;
  readonly metrics: ErrorMetrics;
  /** Of the last sample. */
  readonly histogram: DifferenceHistogram;
  /** All values of an output are one and the same although those of its reference are not. */
  readonly constant: boolean;
}

/** How far a variant is from its original over all runs. */
export interface ComparedOutputs {
  readonly outputs: readonly OutputError[];
  readonly task: ComparedTask;
}

/** The worker's side. It holds one model from `prepare` on; every call that makes a file leaves it as it was, but for `equalise`. */
export interface VariantWorker {
  previewPasses(model: Blob): Promise<Result<readonly PassPreview[]>>;
  rewrite(model: Blob, rewriting: Rewriting): Promise<Result<RewrittenFile>>;
  estimateRecipe(model: Blob, recipe: Recipe): Promise<Result<RecipeEstimate>>;
  /** @returns the float model that will be quantized, with all that its ops compute as outputs */
  prepare(model: Blob): Promise<Result<MadeFile>>;
  /** @param observed of the outputs of the file that `prepare` made, in order */
  equalise(observed: readonly CalibratedTensor[]): Promise<Result<MadeFile & { readonly channels: number }>>;
  /** @param observed of the outputs of the latest file to calibrate, in order; empty without calibration */
  quantize(recipe: Recipe, observed: readonly CalibratedTensor[]): Promise<Result<QuantizedFile>>;
  /**
   * Adds outputs and their references, which are moved in, to the errors that `compared` gives.
   * @param meaning where they are to be compared as what they mean, too
   */
  compare(reference: readonly OutputTensor[], outputs: readonly OutputTensor[], meaning?: OutputMeaning): Promise<Result<void>>;
  /** What was compared since the last call. */
  compared(): Promise<Result<ComparedOutputs>>;
  cancel(): void;
}
