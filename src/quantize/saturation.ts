import type { Model, Operator } from '../tflite/format/model';
import { builtinDescription } from '../tflite/analysis/op-table';
import type { CalibratedTensor, ValueHistogram } from './calibration';
import { opRule } from './op-rules';
import type { ActivationBits } from './parameters';
import type { Range } from './ranges';

/** What fused activations cut off. */
const fusedLimits: Readonly<Record<string, Range>> = { NONE: { min: -Infinity, max: Infinity }, RELU: { min: 0, max: Infinity }, RELU6: { min: 0, max: 6 } };

/**
 * Where the values of a tensor stop to mean anything: beyond these limits every op that reads it gives what it gives at
 * the limit, exactly or to half a step of its own integers. A logit of −400 is no other probability than one of −7, a
 * term below minus the greatest of the other leaves nothing of a sum that is cut off at zero, and integers that reach no
 * further have so much finer steps.
 *
 * @param calibrated by tensor index: how far the other term of a sum reaches; sums of others limit nothing
 * @returns by tensor of the first subgraph; a side without a limit is infinite, tensors without any are left out
 */
export function saturationLimits(model: Model, bits: ActivationBits, calibrated: ReadonlyMap<number, CalibratedTensor> = new Map()): ReadonlyMap<number, Range> {
  const subgraph = model.subgraphs[0];
  const limits = new Map<number, Range>();
  if (subgraph === undefined) return limits;
  const open = new Set(subgraph.outputs);
  const readOf = (output: number): Range | undefined => (open.has(output) ? undefined : limits.get(output));
  // Readers come before what they read, so that limits pass through ops that only move numbers.
  for (const operator of [...subgraph.operators].reverse()) {
    for (const input of operator.inputs) {
      const own = limitOf(operator, input, bits, readOf, calibrated);
      const known = limits.get(input);
      if (own === undefined || open.has(input)) {
        open.add(input);
        limits.delete(input);
      } else {
        limits.set(input, known === undefined ? own : unionOfLimits([known, own]));
      }
    }
  }
  return limits;
}

/** Beyond what one of an op's inputs does not matter. */
function limitOf(operator: Operator, input: number, bits: ActivationBits, readOf: (output: number) => Range | undefined, calibrated: ReadonlyMap<number, CalibratedTensor>): Range | undefined {
  const { code, outputs } = operator;
  if (code.custom) return undefined;
  const description = builtinDescription(code.name);
  if (description?.flatBeyond !== undefined) return description.flatBeyond;
  switch (code.name) {
    case 'LOGISTIC': return symmetric(Math.log(2 / stepOf(code.name, bits) - 1));
    case 'TANH': return symmetric(Math.atanh(1 - 0.5 * stepOf(code.name, bits)));
    case 'ADD': return limitOfTerm(operator, input, readOf, calibrated);
  }
  const read = outputs.map(readOf).filter((each) => each !== undefined);
  return description?.movesValues === true && read.length === outputs.length && read.length > 0 ? unionOfLimits(read) : undefined;
}

/** The step in which the specification has a saturating function's integers count; 0, which limits nothing, where it has none. */
function stepOf(name: string, bits: ActivationBits): number {
  return opRule(name)?.output?.[bits]?.scale ?? 0;
}

/** What a sum that is cut off leaves of one term, the other one being what calibration saw of it. */
function limitOfTerm({ inputs, outputs, options }: Operator, input: number, readOf: (output: number) => Range | undefined, calibrated: ReadonlyMap<number, CalibratedTensor>): Range | undefined {
  const others = inputs.filter((each) => each !== input);
  const other = calibrated.get(others[0] ?? -1);
  const fused = options?.table === 'AddOptions' ? fusedLimits[options.values.fused_activation_function] : undefined;
  if (others.length !== 1 || other === undefined || other.samples === 0 || fused === undefined) return undefined;
  const read = readOf(outputs[0] ?? -1);
  const sum = { min: Math.max(fused.min, read?.min ?? -Infinity), max: Math.min(fused.max, read?.max ?? Infinity) };
  const limit = { min: Math.min(0, sum.min - other.max), max: Math.max(0, sum.max - other.min) };
  return limit.min === -Infinity && limit.max === Infinity ? undefined : limit;
}

function unionOfLimits(limits: readonly Range[]): Range {
  return { min: Math.min(...limits.map(({ min }) => min)), max: Math.max(...limits.map(({ max }) => max)) };
}

const symmetric = (limit: number): Range => ({ min: -limit, max: limit });

/** What calibration would have seen of values that are cut off at limits. Means and sizes of channels stay as they are. */
export function cutOff(tensor: CalibratedTensor, { min, max }: Range): CalibratedTensor {
  const within = (value: number): number => Math.min(max, Math.max(min, value));
  return {
    ...tensor,
    min: within(tensor.min), max: within(tensor.max), movingMin: within(tensor.movingMin), movingMax: within(tensor.movingMax),
    histogram: folded(tensor.histogram, min, max),
  };
}

/** Values beyond a limit count where the limit lies. */
function folded({ width, counts, zeros }: ValueHistogram, min: number, max: number): ValueHistogram {
  if (width === 0) return { width, counts, zeros };
  const middle = counts.length / 2;
  const binOf = (value: number): number => Math.min(counts.length - 1, Math.max(0, Math.floor(value / width) + middle));
  const [first, last] = [binOf(min), binOf(max)];
  const moved = new Float64Array(counts.length);
  for (const [bin, count] of counts.entries()) {
    const target = Math.min(last, Math.max(first, bin));
    moved[target] = (moved[target] ?? 0) + count;
  }
  return { width, counts: moved, zeros };
}
