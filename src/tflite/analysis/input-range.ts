import { elementCount } from '../../tensor/dtype';
import { availableValues, constantTensor, realConstant } from '../constants/constants';
import type { Model, Operator, SubGraph, Tensor } from '../format/model';
import { builtinDescription } from './op-table';
import { optionsAs } from './ops/context';
import { distanceFrom, type PixelRange, pixelRanges } from './pixel-ranges';

/** What values an input takes, as the file's own tensors and ops tell: real numbers, what a model's darkest and brightest pixel are. */
export interface InputRange {
  readonly lowest: number;
  readonly highest: number;
  /** An integer input's scale and zero point; a QUANTIZE op behind a float input; a range that the file records; ops that normalise. */
  readonly from: 'scale' | 'quantize-op' | 'recorded-range' | 'first-ops';
}

/** value × factor + offset */
interface Affine {
  readonly factor: number;
  readonly offset: number;
}

const unchanged: Affine = { factor: 1, offset: 0 };

/** Means and deviations have one element, or one a channel. */
const mostChannels = 4;
/** Constants are stored in few digits, and are averaged over channels: as far as that moves the ends of a range. */
const tolerance = 0.06;
/** Longer chains of ops are no preparation of a picture. */
const mostSteps = 12;

/**
 * The values that an input takes, where the file itself tells; null where it does not.
 *
 * Quantization was calibrated on what the model really gets, so that the ends of an integer input, or of what a QUANTIZE op
 * makes of a float one, are those of its pixels; ops in between (a mean that is subtracted, a factor) are undone. A float
 * model without any may begin with ops that normalise: these tell the range which they turn into one that models are trained
 * on (`Rescaling` and `Normalization` layers of Keras: × 1/255, × 1/127.5 − 1, mean and deviation of ImageNet).
 */
export function inputRange(model: Model, subgraph: SubGraph, index: number): InputRange | null {
  const input = subgraph.tensors[index];
  if (input === undefined) return null;
  const own = quantizedEnds(input);
  if (own !== null) return { ...own, from: 'scale' };
  if (input.dtype !== 'float32' && input.dtype !== 'float16') return null;
  const recorded = recordedEnds(input.quantization?.min, input.quantization?.max);
  if (recorded !== null) return { ...recorded, from: 'recorded-range' };
  return behind(model, subgraph, index);
}

type Ends = Pick<InputRange, 'lowest' | 'highest'>;

/** Follows the input through ops that move or scale its values, up to the first that does something else. */
function behind(model: Model, subgraph: SubGraph, input: number): InputRange | null {
  let at = input;
  let affine = unchanged;
  for (let step = 0; step < mostSteps; step += 1) {
    const operator = onlyReader(subgraph, at);
    const output = subgraph.tensors[operator?.outputs[0] ?? -1];
    if (operator === null || output === undefined || operator.code.custom) break;
    if (operator.code.name === 'QUANTIZE') {
      const ends = quantizedEnds(output);
      return ends === null ? null : { ...undo(ends, affine), from: 'quantize-op' };
    }
    const fake = operator.code.name === 'FAKE_QUANT' ? optionsAs(operator.options, 'FakeQuantOptions') : null;
    const recorded = fake === null ? null : recordedEnds([fake.min], [fake.max]);
    if (recorded !== null) return { ...undo(recorded, affine), from: 'recorded-range' };
    const next = movesPixels(operator, at) ? affine : scaledBy(model, subgraph, operator, at, affine);
    if (next === null) break;
    affine = next;
    at = output.index;
  }
  return normalised(affine);
}

/** The op that reads a tensor's values; null where there are several. Its shape may be read as well. */
function onlyReader({ operators }: SubGraph, tensor: number): Operator | null {
  const [only, ...others] = operators.filter(({ code, inputs }) => inputs.includes(tensor) && code.name !== 'SHAPE');
  return only === undefined || others.length > 0 ? null : only;
}

const resampling: ReadonlySet<string> = new Set(['RESIZE_BILINEAR', 'RESIZE_NEAREST_NEIGHBOR', 'PAD', 'PADV2', 'MIRROR_PAD', 'REVERSE_V2', 'DEQUANTIZE', 'CAST']);

function movesPixels({ code, inputs }: Operator, tensor: number): boolean {
  return inputs[0] === tensor && (resampling.has(code.name) || (builtinDescription(code.name)?.movesValues === true && code.name !== 'CONCATENATION' && code.name !== 'PACK'));
}

/** What an op that adds or multiplies a constant makes of the values so far; null for any other op. */
function scaledBy(model: Model, subgraph: SubGraph, operator: Operator, tensor: number, { factor, offset }: Affine): Affine | null {
  const { code: { name }, inputs: [left, right] } = operator;
  const isLeft = left === tensor;
  const constant = meanOfConstant(model, subgraph, isLeft ? right : left);
  if (constant === null || isActivated(operator)) return null;
  switch (name) {
    case 'ADD': return { factor, offset: offset + constant };
    case 'SUB': return isLeft ? { factor, offset: offset - constant } : { factor: -factor, offset: constant - offset };
    case 'MUL': return constant === 0 ? null : { factor: factor * constant, offset: offset * constant };
    case 'DIV': return isLeft && constant !== 0 ? { factor: factor / constant, offset: offset / constant } : null;
    default: return null;
  }
}

function isActivated({ options }: Operator): boolean {
  const settings = optionsAs(options, 'AddOptions') ?? optionsAs(options, 'SubOptions') ?? optionsAs(options, 'MulOptions') ?? optionsAs(options, 'DivOptions');
  return settings !== null && settings.fused_activation_function !== 'NONE';
}

/** The mean over channels of a small constant, also of one that is kept in half precision and unfolded. */
function meanOfConstant(model: Model, subgraph: SubGraph, index: number | undefined): number | null {
  const unfolded = subgraph.operators.find(({ code, outputs }) => code.name === 'DEQUANTIZE' && index !== undefined && outputs.includes(index));
  const tensor = subgraph.tensors[unfolded?.inputs[0] ?? index ?? -1];
  if (tensor === undefined || elementCount(tensor.shape) > mostChannels) return null;
  const values = availableValues(model, tensor);
  if (!values.available || (values.dtype !== 'float32' && values.dtype !== 'float16') || tensor.sparsity !== null) return null;
  const real = realConstant(model, subgraph, tensor, constantTensor(model, tensor));
  const mean = [...real].reduce((sum, value) => sum + value, 0) / real.length;
  return Number.isFinite(mean) ? mean : null;
}

const integerEnds: Partial<Record<Tensor['dtype'], readonly [lowest: number, highest: number]>> = { int8: [-128, 127], uint8: [0, 255] };

/** The real numbers that the least and the greatest integer of a quantized tensor stand for. */
function quantizedEnds({ dtype, quantization }: Tensor): Ends | null {
  const [scale, ...more] = quantization?.scale ?? [];
  if (scale === undefined || more.length > 0 || !(scale > 0) || !Number.isFinite(scale)) return null;
  const zeroPoint = quantization?.zeroPoint[0] ?? 0;
  const ends = integerEnds[dtype];
  if (ends !== undefined) return { lowest: (ends[0] - zeroPoint) * scale, highest: (ends[1] - zeroPoint) * scale };
  // 16 bits are quantized without a zero point, so that they tell the greatest value alone; no other range comes near to 255.
  const greatest = dtype === 'int16' ? 32767 * scale : 0;
  return distanceFrom({ lowest: 0, highest: greatest }, pixelRanges.bytes) <= tolerance ? { lowest: 0, highest: greatest } : null;
}

function recordedEnds(least: readonly number[] = [], greatest: readonly number[] = []): Ends | null {
  const [lowest, highest] = [least[0], greatest[0]];
  if (lowest === undefined || highest === undefined || least.length > 1 || !Number.isFinite(lowest) || !Number.isFinite(highest)) return null;
  return lowest < highest ? { lowest, highest } : null;
}

function undo({ lowest, highest }: Ends, { factor, offset }: Affine): Ends {
  const [one, other] = [(lowest - offset) / factor, (highest - offset) / factor];
  return { lowest: Math.min(one, other), highest: Math.max(one, other) };
}

/** What colour pictures are in Caffe's models: their mean taken off, nothing else. */
const withoutMean: PixelRange = { mean: [116.13], std: [1], lowest: -116.13, highest: 138.87 };

/** What the first ops turn a range into, and what they turn: the first pair that fits them. */
const turned: readonly (readonly [given: PixelRange, into: readonly PixelRange[]])[] = [
  [pixelRanges.bytes, [pixelRanges.signed, pixelRanges.unit, pixelRanges.half, pixelRanges.imagenet, pixelRanges.shifted, withoutMean]],
  [pixelRanges.unit, [pixelRanges.signed, pixelRanges.half, pixelRanges.imagenet, pixelRanges.bytes]],
  [pixelRanges.signed, [pixelRanges.unit, pixelRanges.imagenet, pixelRanges.bytes]],
];

function normalised({ factor, offset }: Affine): InputRange | null {
  if (factor === 1 && offset === 0) return null;
  const found = turned.find(([{ lowest, highest }, into]) => {
    const ends = { lowest: lowest * factor + offset, highest: highest * factor + offset };
    return into.some((range) => distanceFrom(ends, range) <= tolerance);
  });
  return found === undefined ? null : { lowest: found[0].lowest, highest: found[0].highest, from: 'first-ops' };
}
