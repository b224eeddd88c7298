/** Types only: what comes of running models on the same inputs. */
import type { SerializedError } from '../../../errors';
import type { Decoder } from '../../../vision/shared/types';
import type { Refusal } from '../../../engine/configuration/shared/refusal';
import type { ProducedConfiguration } from '../../../engine/configuration/shared/configuration';
import type { ModelErrors, SampleOfModel } from './protocol';

export interface SampleFailure {
  readonly failed: SerializedError;
}

export interface SampleRow {
  readonly index: number;
  readonly name: string;
  readonly label: string | null;
  /** The class that the label means; null without a label, and where it means none. */
  readonly truth: number | null;
  /** In the order of the models; null where a model did not run, because it or the reference had failed. */
  readonly models: readonly (SampleOfModel | SampleFailure | null)[];
}

export interface ComparedModel extends ModelErrors {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** Why it has no part in the comparison, or only in its first samples. */
  readonly error: SerializedError | null;
  /** What ran; null where nothing did. */
  readonly configuration: ProducedConfiguration | null;
  readonly refusals: readonly Refusal[];
  readonly init_ms: number | null;
  /** The very first run, of random values, in a fresh session. */
  readonly first_inference_ms: number | null;
  /** Of the whole runtime with the model in it, which never shrinks: its peak. */
  readonly wasm_memory_bytes: number | null;
}

/** The first model is the reference. */
export interface OutputsComparison {
  readonly models: readonly ComparedModel[];
  readonly samples: readonly SampleRow[];
  readonly flag_mse: number;
  /** The task whose terms agreement is in. */
  readonly decoder: Decoder | null;
  /** Samples whose label is no class of the model. */
  readonly unknownLabels: number;
}
