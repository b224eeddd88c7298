import type { ModelNote } from '../format/notes';
import type { InputRange } from './input-range';
import type { ModelMetadata } from '../metadata/model-metadata';
import type { YoloMetadata } from '../metadata/yolo-metadata';
import type { DType } from '../../tensor/dtype';
import type { Quantization } from '../../tensor/quantization';

/** A tensor at a signature's edge. */
export interface SignatureTensor {
  /**
   * The name in the signature, else the tensor's own; unique among the signature's inputs, and among its outputs
   * (`tensor 3` where the file gives none).
   */
  readonly name: string;
  readonly tensorName: string;
  readonly tensorIndex: number;
  readonly dtype: DType;
  /** −1 marks a free dimension. */
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
  /** Of an output: its memory is given out in a run and not before, so that the shape may hold for none; see `outputsSizedInRuns`. */
  readonly sizedInRuns?: true;
  /** Of an input: what values it takes, where the file's tensors or first ops tell (`inputRange`). */
  readonly range?: InputRange;
  /** Of an input of whole numbers that choose rows of a table in the file, words' vectors most often: how many rows it has. */
  readonly tableRows?: number;
  /** Of an output: it is what SOFTMAX makes, so that its values are probabilities of classes. */
  readonly probabilities?: true;
}

export interface SignatureSummary {
  /** `serving_default` and the like; empty for a model without signatures, which counts as one. */
  readonly key: string;
  readonly subgraph: number;
  readonly inputs: readonly SignatureTensor[];
  readonly outputs: readonly SignatureTensor[];
  /** How many variables live from one run to the next (`countVariables`); left out where there is none. */
  readonly variables?: number;
}

export interface OpUse {
  /** `CONV_2D`, or the custom op's own name. */
  readonly name: string;
  readonly custom: boolean;
  readonly count: number;
  readonly version: number;
  /** Where it is first used: `subgraph 0, op 12`. */
  readonly firstPlace: string;
}

/** What the page shows before any runtime has started; survives structured clone. */
export interface ModelSummary {
  readonly description: string;
  readonly schemaVersion: number;
  readonly subgraphs: number;
  readonly tensors: number;
  readonly opCount: number;
  readonly ops: readonly OpUse[];
  readonly signatures: readonly SignatureSummary[];
  /** Constant tensors by element type, largest first. */
  readonly weights: readonly { readonly dtype: DType; readonly tensors: number; readonly elements: number; readonly bytes: number }[];
  /** From TFLITE_METADATA, where the file has it. */
  readonly metadata: ModelMetadata | null;
  /** Where the model contradicts itself and what will or will not work for it; left out for a model that is in order. */
  readonly notes?: readonly ModelNote[];
  /**
   * What the first op `TFLite_Detection_PostProcess` gives, as indices of its subgraph's tensors in the op's own order:
   * boxes, classes, scores and their count. Exporters shuffle the model's outputs, so that only this tells them apart.
   */
  readonly detectorOutputs?: { readonly subgraph: number; readonly tensors: readonly number[] };
  /** From the file that the YOLO family's exporters put behind a model. */
  readonly yolo?: YoloMetadata;
  /** Weights and biases, each shared one counted once; not the shapes, axes and paddings that files store as constants too. */
  readonly parameters?: number;
  /** Multiply-accumulates of one run of the first signature, free dimensions counted as 1; ops of unknown arithmetic count as none. */
  readonly macs?: number;
  /** Arithmetic operations of the same run: two for each of `macs`, and those of the other ops. */
  readonly flops?: number;
  /** Least memory for activations of that run, in bytes; see `modelCosts`. */
  readonly peakActivationBytes?: number;
  /** The largest tensors, constant or not, largest first. */
  readonly largestTensors?: readonly LargeTensor[];
  /** What each kind of op takes, the most MACs first. */
  readonly costsByKind?: readonly KindCost[];
}

export interface LargeTensor {
  readonly subgraph: number;
  readonly tensor: number;
  readonly name: string;
  readonly dtype: DType;
  /** Free dimensions as 1. */
  readonly shape: readonly number[];
  readonly bytes: number;
  readonly constant: boolean;
}

export interface KindCost {
  /** `CONV_2D`, or the custom op's own name. */
  readonly name: string;
  readonly count: number;
  readonly macs: number;
  /** Of the MACs of one run, 0 to 1. */
  readonly macsShare: number;
  readonly flops: number;
  /** Bytes of weights and biases as stored; what a DEQUANTIZE unfolds counts for the op that uses it. */
  readonly weightBytes: number;
}
