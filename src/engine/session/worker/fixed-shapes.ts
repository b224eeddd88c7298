import { inferShapes } from '../../../tflite/analysis/infer-shapes';
import { fixShapes } from '../../../tflite/analysis/shapes';
import type { SignatureSummary } from '../../../tflite/analysis/summary';
import { openModel } from '../../../tflite/format/verify/verify';
import { isOpen } from './open-shape';

export interface FixedModel {
  readonly bytes: Uint8Array;
  /** Of outputs whose shape the file leaves open and that follows from the ops, by name. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

/**
 * Gives every free dimension a size: the one that was asked for, else 1. Runtimes differ in what they make of −1; and `litert`
 * takes outputs to be what the file says, so that those whose shape the file leaves open are given theirs in the file.
 */
export function withFixedShapes(bytes: Uint8Array, signature: SignatureSummary, asked: Readonly<Record<string, readonly number[]>>): FixedModel {
  const model = openModel(bytes);
  const free = signature.inputs.filter((input) => input.shape.includes(-1) || asked[input.name] !== undefined);
  const sizes = free.map((input) => ({ ...input, shape: asked[input.name] ?? input.shape.map((dimension) => (dimension === -1 ? 1 : dimension)) }));
  const inferred = inferShapes(model, signature.key, Object.fromEntries(sizes.map(({ name, shape }) => [name, shape])));
  const known = signature.outputs.flatMap((output) => {
    const shape = inferred.shapes[output.tensorIndex];
    return shape === undefined || !isOpen(output) || output.sizedInRuns === true || inferred.unknown.has(output.tensorIndex) ? [] : [{ ...output, shape }];
  });
  return {
    bytes: fixShapes(
      bytes, model, Object.fromEntries(sizes.map(({ tensorName, shape }) => [tensorName, shape])), signature.subgraph, new Map(known.map(({ tensorIndex, shape }) => [tensorIndex, shape])),
    ),
    shapes: new Map(known.map(({ name, shape }) => [name, shape])),
  };
}
