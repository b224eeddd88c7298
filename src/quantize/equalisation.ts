import { realValues } from '../tensor/values';
import { addBuffer, changeSubgraph, changeTensor } from '../tflite/format/edit';
import type { Model, Operator, SubGraph, Tensor } from '../tflite/format/model';
import { innerElements, weightLayout } from '../rewrite/weights';
import type { CalibratedTensor } from './calibration';
import { type Absorber, type ChannelClasses, channelClasses } from './channel-classes';

/** Factors beyond these would let rounding of the factors themselves be felt. */
const [leastFactor, greatestFactor] = [2 ** -8, 2 ** 8];

/** Each round changes what the next one sees; after so many nothing moves any more. */
const rounds = 8;

export interface Equalised {
  readonly model: Model;
  /** Channels that have another scale than before, counted once for each class. */
  readonly channels: number;
}

/**
 * Gives channels of one tensor ranges of one size, without changing what the network computes: a channel that is
 * multiplied by a factor in the layer that makes it is divided by the factor in the layers that read it. One scale then
 * suits all channels of an activation. Where weights of a depthwise convolution read a channel, which have a scale
 * for each, this costs nothing; elsewhere a column of weights grows as the channel shrinks, and the factor goes half way
 * (Nagel et al. 2019, "Data-free quantization through weight equalization and bias correction", here over whole
 * residual networks and with measured ranges). Where channels are cut off at 6, those that never reached it in
 * calibration grow up to it at most: with inputs like these nothing changes.
 *
 * Ranges must be calibrated anew afterwards.
 */
export function equaliseChannels(model: Model, calibrated: ReadonlyMap<number, CalibratedTensor>): Equalised {
  const subgraph = model.subgraphs[0];
  if (subgraph === undefined) return { model, channels: 0 };
  const classes = channelClasses(model, subgraph);
  const factors = factorsOf(model, subgraph, classes, calibrated);
  const changed = [...factors.values()].filter((factor) => factor !== 1).length;
  return changed === 0 ? { model, channels: 0 } : { model: scaled(model, subgraph, classes, factors), channels: changed };
}

/** A channel that comes as near to where it is cut off as this may be cut off by what was not seen. */
const nearClamp = 0.99;

/** By class, the factor up to which channels do not reach where they are cut off. */
function ceilingsOf(classes: ChannelClasses, calibrated: ReadonlyMap<number, CalibratedTensor>): ReadonlyMap<number, number> {
  const ceilings = new Map<number, number>();
  for (const { tensor, at } of classes.clamped) {
    const own = classes.classesOf(tensor);
    const greatest = calibrated.get(tensor)?.channelGreatest;
    for (const [channel, channelClass] of own?.entries() ?? []) {
      const size = greatest?.[channel] ?? at;
      // One that is cut off must keep its scale: less would let through what was cut off, too.
      const ceiling = size >= at * nearClamp ? 0 : at / size;
      ceilings.set(channelClass, Math.min(ceiling, ceilings.get(channelClass) ?? Infinity));
    }
  }
  return ceilings;
}

/** By class, the factor that its channels are multiplied by: powers of two, which lose nothing. */
function factorsOf(model: Model, subgraph: SubGraph, classes: ChannelClasses, calibrated: ReadonlyMap<number, CalibratedTensor>): ReadonlyMap<number, number> {
  const factors = new Map<number, number>();
  const ceilings = ceilingsOf(classes, calibrated);
  const ceilingOf = (channelClass: number): number => Math.min(greatestFactor, ceilings.get(channelClass) ?? Infinity);
  const factorOf = (channelClass: number): number => factors.get(channelClass) ?? 1;
  const magnitudes = classes.absorbers.filter(({ depthwise }) => !depthwise).map((absorber) => ({ absorber, columns: columnMagnitudes(model, subgraph, absorber) }));
  for (let round = 0; round < rounds; round++) {
    /** How far a class reaches at most into the range of a tensor, and into that of a row of weights. */
    const reach = new Map<number, number>();
    const weight = new Map<number, number>();
    const raise = (map: Map<number, number>, key: number, value: number): void => { map.set(key, Math.max(map.get(key) ?? 0, value)); };
    for (const tensor of classes.tensors) {
      const own = classes.classesOf(tensor);
      const greatest = calibrated.get(tensor)?.channelGreatest;
      if (own === undefined || greatest === undefined) continue;
      const sizes = greatest.map((size, channel) => size * factorOf(own[channel] ?? -1));
      const most = Math.max(...sizes);
      if (most > 0) for (const [channel, size] of sizes.entries()) raise(reach, own[channel] ?? -1, size / most);
    }
    for (const { absorber, columns } of magnitudes) {
      const own = classes.classesOf(absorber.input);
      if (own === undefined) continue;
      const { rows, values } = columns;
      const channels = own.length;
      const most = new Float64Array(rows);
      const inverse = Float64Array.from(own, (channelClass) => 1 / factorOf(channelClass));
      const size = (row: number, channel: number): number => (values[row * channels + channel] as number) * (inverse[channel] as number);
      for (let row = 0; row < rows; row++) for (let channel = 0; channel < channels; channel++) most[row] = Math.max(most[row] as number, size(row, channel));
      const shares = new Float64Array(channels);
      for (let row = 0; row < rows; row++) {
        const greatest = most[row] as number;
        for (let channel = 0; greatest > 0 && channel < channels; channel++) shares[channel] = Math.max(shares[channel] as number, size(row, channel) / greatest);
      }
      for (const [channel, share] of shares.entries()) raise(weight, own[channel] ?? -1, share);
    }
    for (const [channelClass, size] of reach) {
      if (classes.frozen(channelClass) || size === 0 || ceilingOf(channelClass) === 0) continue;
      const column = weight.get(channelClass);
      const step = column === undefined ? 1 / size : column === 0 ? 1 : Math.sqrt(column / size);
      factors.set(channelClass, Math.min(ceilingOf(channelClass), Math.max(leastFactor, factorOf(channelClass) * step)));
    }
  }
  return new Map([...factors].map(([channelClass, factor]) => [channelClass, 2 ** Math.min(Math.round(Math.log2(factor)), Math.floor(Math.log2(ceilingOf(channelClass))))]));
}

/** The greatest weight of each row (output channel) and column (input channel), over positions of the kernel. */
function columnMagnitudes(model: Model, subgraph: SubGraph, { operator }: Absorber): { readonly rows: number; readonly values: Float64Array } {
  const tensor = weightsOf(subgraph, operator);
  const weights = realsOf(model, tensor);
  const channels = tensor.shape.at(-1) ?? 1;
  const rows = tensor.shape[0] ?? 1;
  const inner = innerElements(tensor.shape, 0);
  const values = new Float64Array(rows * channels);
  for (let index = 0; index < weights.length; index++) {
    const place = Math.floor(index / inner) * channels + (index % channels);
    values[place] = Math.max(values[place] ?? 0, Math.abs(weights[index] ?? 0));
  }
  return { rows, values };
}

function scaled(model: Model, subgraph: SubGraph, classes: ChannelClasses, factors: ReadonlyMap<number, number>): Model {
  const factorsFor = (tensor: number): Float64Array => Float64Array.from(classes.classesOf(tensor) ?? [], (channelClass) => factors.get(channelClass) ?? 1);
  let changed = model;
  const replace = (tensor: Tensor, values: Float32Array): void => {
    const { whole, index } = addBuffer(changed, new Uint8Array(values.buffer));
    changed = changeSubgraph(whole, 0, (graph) => changeTensor(graph, tensor.index, { buffer: index }));
  };
  for (const { operator, input, output, depthwise } of classes.absorbers) {
    const [before, after] = [factorsFor(input), factorsFor(output)];
    if ([...before, ...after].every((factor) => factor === 1)) continue;
    const weights = weightsOf(subgraph, operator);
    const inner = innerElements(weights.shape, 0);
    const channels = weights.shape.at(-1) ?? 1;
    replace(weights, Float32Array.from(realsOf(model, weights), (value, index) => {
      const column = index % channels;
      const row = depthwise ? column : Math.floor(index / inner);
      return (value * (after[row] ?? 1)) / (before[column] ?? 1);
    }));
    const bias = subgraph.tensors[operator.inputs[weightLayout(operator.code.name)?.bias ?? -1] ?? -1];
    if (bias !== undefined) replace(bias, Float32Array.from(realsOf(model, bias), (value, channel) => value * (after[channel] ?? 1)));
  }
  for (const { constant, output } of classes.addends) {
    const tensor = subgraph.tensors[constant];
    const after = factorsFor(output);
    if (tensor !== undefined) replace(tensor, Float32Array.from(realsOf(model, tensor), (value, index) => value * (after[index % after.length] ?? 1)));
  }
  return changed;
}

function weightsOf(subgraph: SubGraph, operator: Operator): Tensor {
  const tensor = subgraph.tensors[operator.inputs[weightLayout(operator.code.name)?.weights ?? -1] ?? -1];
  if (tensor === undefined) throw new RangeError(`${operator.code.name} has no weights`);
  return tensor;
}

function realsOf(model: Model, tensor: Tensor): Float32Array | Float64Array {
  return realValues({ dtype: 'float32', shape: tensor.shape, data: (model.buffers[tensor.buffer]?.data ?? new Uint8Array(0)).slice().buffer });
}
