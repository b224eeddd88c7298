/** Types only: what crosses between the page and the worker that makes variants of models. Files are Blobs and cross by reference. */
import type { DifferenceHistogram, ErrorMetrics } from '../../../quantize/metrics';
import type { OperatorOutcome } from '../../../quantize/quantize';
import type { QuantizedTensor } from '../../../quantize/static-quantization';
import type { EdgeTypes } from '../../../rewrite/edge-types';
import type { MetadataEdits } from '../../../rewrite/edit-metadata';
import type { Note } from '../../../rewrite/pass';
import type { Slice } from '../../../rewrite/slice';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import type { AgreementSummary } from '../../../vision/agreement/shared/summary';
import type { Decoder, OutputTensor, Placement } from '../../../vision/shared/types';
import type { SerializedError } from '../../../errors';

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
  readonly skipped: readonly Note[];
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
  readonly skipped: readonly Note[];
}

export interface QuantizedFile extends MadeFile {
  readonly operators: readonly OperatorOutcome[];
  readonly tensors: readonly QuantizedTensor[];
  readonly skipped: readonly Note[];
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

/** What the outputs of a run mean. */
export interface OutputMeaning {
  readonly decoder: Decoder;
  readonly labels: readonly string[] | undefined;
  /** Where the picture lies in the input, which is the same for a model and its variant. */
  readonly placement: Placement | null;
}

/** How far a variant's results agree with the original's, in the terms of the task. */
export interface ComparedTask {
  /** Null where no run had a meaning, or none of a picture where results lie on one. */
  readonly agreement: AgreementSummary | null;
  /** Why some results could not be decoded. */
  readonly decodeError: SerializedError | null;
}

/** How far a variant is from its original over all runs. */
export interface ComparedOutputs {
  readonly outputs: readonly OutputError[];
  readonly task: ComparedTask;
}

/** Outputs of one run with their references, in one order. */
export interface OutputPair {
  readonly reference: readonly OutputTensor[];
  readonly outputs: readonly OutputTensor[];
  /** Where they are to be compared as what they mean, too. */
  readonly meaning?: OutputMeaning | undefined;
}
