import type { FunctionWriter } from '../emit/function-writer';
import type { Margins, View } from './layout';

/** Numbers that a kernel reads besides tensors: packed weights, tables. */
export type Packed = Float32Array | Int32Array;

/** What a kernel needs of how one of its inputs lies. */
export interface Wish {
  readonly margins: Margins;
  /** Every element behind the one before. */
  readonly dense: boolean;
}

/** Where all that a kernel touches lies. */
export interface Places {
  readonly inputs: readonly View[];
  readonly outputs: readonly View[];
  /** Address of each packed constant. */
  readonly packed: readonly number[];
}

/**
 * One call of a plan: made for its shapes, written once it is known where its tensors lie. It reads up to `slackBytes` behind
 * an input, and writes its outputs' elements and what `room` allows, nothing else.
 */
export interface Kernel {
  /** What it is, for people: `convolution 3×3`. */
  readonly name: string;
  /** Multiplications with an addition. */
  readonly macs: number;
  /** One for each input; those left out may lie anyhow. */
  readonly wishes: readonly (Wish | undefined)[];
  readonly denseOutputs: boolean;
  readonly packed: readonly Packed[];
  write(f: FunctionWriter, places: Places): void;
}
