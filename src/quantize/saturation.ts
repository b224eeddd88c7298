import type { Model, Operator } from '../tflite/model';
import type { CalibratedTensor, ValueHistogram } from './calibration';
import type { ActivationBits } from './parameters';
import type { Range } from './ranges';

/** Steps between 0 and 1, or between 0 and ±1, of what saturating functions give as integers. */
const unitSteps = { 8: { LOGISTIC: 256, TANH: 128 }, 16: { LOGISTIC: 32768, TANH: 32768 } } as const;

/** Ops that move numbers and change none, so that what is cut off after them may be cut off before. */
const moving: ReadonlySet<string> = new Set(['RESHAPE', 'SQUEEZE', 'EXPAND_DIMS', 'TRANSPOSE', 'CONCATENATION', 'SLICE', 'STRIDED_SLICE', 'SPLIT', 'SPLIT_V', 'PACK', 'UNPACK', 'TILE', 'GATHER', 'SPACE_TO_DEPTH', 'DEPTH_TO_SPACE', 'MAX_POOL_2D']);

/**
 * Where the values of a tensor stop to mean anything: beyond these limits every op that reads it gives what it gives at
 * the limit, exactly or to half a step of its own integers. A logit of −400 is no other probability than one of −7, and
 * integers that reach no further have so much finer steps.
 *
 * @returns by tensor of the first subgraph; a side without a limit is infinite, tensors without any are left out
 */
export function saturationLimits(model: Model, bits: ActivationBits): ReadonlyMap<number, Range> {
  const subgraph = model.subgraphs[0];
  const limits = new Map<number, Range>();
  if (subgraph === undefined) return limits;
  const open = new Set(subgraph.outputs);
  // Readers come before what they read, so that limits pass through ops that only move numbers.
  for (const operator of [...subgraph.operators].reverse()) {
    const own = limitOf(operator, bits, limits, open);
    for (const input of operator.inputs) {
      const known = limits.get(input);
      if (own === undefined || open.has(input)) {
        open.add(input);
        limits.delete(input);
      } else {
        limits.set(input, known === undefined ? own : { min: Math.min(known.min, own.min), max: Math.max(known.max, own.max) });
      }
    }
  }
  return limits;
}

/** Beyond what an op's inputs do not matter. */
function limitOf({ code, outputs }: Operator, bits: ActivationBits, limits: ReadonlyMap<number, Range>, open: ReadonlySet<number>): Range | undefined {
  if (code.custom) return undefined;
  switch (code.name) {
    case 'HARD_SWISH': return { min: -3, max: Infinity };
    case 'RELU': return { min: 0, max: Infinity };
    case 'RELU6': return { min: 0, max: 6 };
    case 'LOGISTIC': return symmetric(Math.log(2 * unitSteps[bits].LOGISTIC - 1));
    case 'TANH': return symmetric(Math.atanh(1 - 0.5 / unitSteps[bits].TANH));
  }
  if (!moving.has(code.name) || outputs.some((output) => open.has(output))) return undefined;
  const read = outputs.flatMap((output) => limits.get(output) ?? []);
  return read.length === 0 ? undefined : { min: Math.min(...read.map(({ min }) => min)), max: Math.max(...read.map(({ max }) => max)) };
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
