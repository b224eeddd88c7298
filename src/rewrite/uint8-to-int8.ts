import { rewrite as words } from '../messages/rewrite';
import { tflitePlaces as places } from '../messages/tflite-places';
import { roundHalfAway } from '../tensor/encode';
import type { Tensor, TensorQuantization } from '../tflite/format/model';
import { Draft, type DraftOperator, type GraphDraft, affine } from './draft';
import { operatorNote, tensorNote } from './notes';
import type { Note, Pass, Rewritten } from './pass';
import { innerElements, weightLayout } from './weights';

/** The first version of each op that takes signed 8-bit numbers; of ops with weights, with a scale for each channel. */
const versions: Readonly<Record<string, number>> = {
  CONV_2D: 3, DEPTHWISE_CONV_2D: 3, FULLY_CONNECTED: 4, TRANSPOSE_CONV: 2,
  ADD: 2, SUB: 2, MUL: 2, MAXIMUM: 2, MINIMUM: 2, AVERAGE_POOL_2D: 2, MAX_POOL_2D: 2, MEAN: 2, SUM: 2,
  RELU: 2, RELU6: 2, RELU_N1_TO_1: 1, LEAKY_RELU: 2, PRELU: 1, HARD_SWISH: 1, LOGISTIC: 2, TANH: 2, SOFTMAX: 2, LOG_SOFTMAX: 2, L2_NORMALIZATION: 2,
  RESHAPE: 1, SQUEEZE: 1, EXPAND_DIMS: 1, CONCATENATION: 2, PAD: 2, PADV2: 2, MIRROR_PAD: 2, TRANSPOSE: 2, SLICE: 2, STRIDED_SLICE: 2, SPLIT: 2, SPLIT_V: 2,
  PACK: 2, UNPACK: 2, GATHER: 2, TILE: 2, SPACE_TO_DEPTH: 2, DEPTH_TO_SPACE: 2, SPACE_TO_BATCH_ND: 2, BATCH_TO_SPACE_ND: 2,
  RESIZE_BILINEAR: 2, RESIZE_NEAREST_NEIGHBOR: 2, ARG_MAX: 2, ARG_MIN: 2, QUANTIZE: 1, DEQUANTIZE: 2,
};

/** Between an unsigned number and the signed one with the same meaning. */
const signedOffset = 128;
/** Symmetric weights leave −128 out. */
const largest = 127;

/**
 * Legacy models count from 0 to 255 around a zero point, with one scale for all weights of an op. Signed numbers with
 * a scale for each output channel mean the same and have much faster kernels.
 *
 * Activations and constants move by 128 with their zero points and lose nothing. Weights become symmetric: a channel
 * whose numbers around their zero point fit into ±127 keeps them and their scale exactly; another one is cut off there,
 * or gets a scale of its own with its bias following, or some of both, whichever loses least. Requantising every channel
 * would lose more.
 */
export const uint8ToInt8: Pass = {
  id: 'uint8-to-int8',
  get title() { return words.uint8ToInt8.title; },
  get purpose() { return words.uint8ToInt8.purpose; },
  precision: 'rounding',
  apply(model): Rewritten {
    const draft = new Draft(model);
    const changed: Note[] = [];
    for (const graph of draft.graphs) {
      if (!graph.tensors.some(isUnsigned)) continue;
      const obstacle = obstacleIn(draft, graph);
      // A model of which half stays unsigned would need conversions everywhere.
      if (obstacle !== null) return { model, changed: [], skipped: [obstacle] };
      changed.push(...new Conversion(draft, graph).run());
    }
    return changed.length === 0 ? { model, changed, skipped: [] } : { model: draft.finish(), changed, skipped: [] };
  },
};

/** Ways to lay a channel that reaches beyond ±127: from cutting off what is beyond to stretching all of it. */
const reachesTried = 65;

interface SignedChannel {
  readonly integers: Int8Array;
  /** The number around the zero point that became 127. */
  readonly reach: number;
}

/**
 * Signed numbers for a channel of which some reach beyond ±127: with the reach and the rounding that leave the least
 * squared error of the weights and of their sum. The sum counts because inputs of one place are alike and, behind a
 * clamp at zero, of one sign: errors that cancel out hardly show. One number that is cut off by a step and made up for by
 * its neighbours often costs less than rounding all of its channel.
 *
 * @param centred the channel's numbers, around its zero point
 */
function fitChannel(centred: Int32Array): SignedChannel {
  const greatest = centred.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let best: SignedChannel = { integers: Int8Array.from(centred), reach: largest };
  if (greatest <= largest) return best;
  let least = Infinity;
  for (let step = 0; step < reachesTried; step++) {
    const reach = largest + ((greatest - largest) * step) / (reachesTried - 1);
    const { integers, cost } = roundChannel(centred, reach / largest);
    if (cost < least) [best, least] = [{ integers, reach }, cost];
  }
  return best;
}

/**
 * Rounds to multiples of a step, and then moves numbers by one as long as that makes the squared errors of all and of their
 * sum less: those first whose own error grows least. All move the one way that brings the sum towards zero, so this ends
 * even where a move and its opposite tie and only differ by how floating point rounds.
 */
function roundChannel(centred: Int32Array, step: number): { readonly integers: Int8Array; readonly cost: number } {
  const integers = Int8Array.from(centred, (value) => Math.min(largest, Math.max(-largest, roundHalfAway(value / step))));
  const errors = Float64Array.from(integers, (value, index) => value * step - (centred[index] ?? 0));
  let sum = errors.reduce((total, error) => total + error, 0);
  const direction = sum > 0 ? -1 : 1;
  const move = direction * step;
  const growth = (index: number): number => (errors[index] ?? 0) * direction;
  // A move gains where error² + sum² is more than (error + move)² + (sum + move)².
  const gains = (index: number): boolean => growth(index) + sum * direction + step < 0;
  const finished = () => ({ integers, cost: errors.reduce((total, error) => total + error * error, sum * sum) });
  let moved: number;
  do {
    moved = 0;
    const movable = [...integers.keys()].filter((index) => integers[index] !== direction * largest);
    const least = movable.reduce((smallest, index) => Math.min(smallest, growth(index)), Infinity);
    // What has moved is a step further, behind all of these.
    const nearest = movable.filter((index) => growth(index) < least + step).sort((one, other) => growth(one) - growth(other));
    for (const index of nearest) {
      if (!gains(index)) return finished();
      integers[index] = (integers[index] ?? 0) + direction;
      errors[index] = (errors[index] ?? 0) + move;
      sum += move;
      moved++;
    }
  } while (moved > 0);
  return finished();
}

function isUnsigned({ dtype, quantization }: Tensor): boolean {
  return dtype === 'uint8' && (quantization?.scale.length ?? 0) > 0;
}

function obstacleIn(draft: Draft, graph: GraphDraft): Note | null {
  for (const operator of graph.operators) {
    const unsigned = [...operator.inputs, ...operator.outputs].filter((index) => index >= 0 && isUnsigned(graph.tensor(index)));
    if (unsigned.length === 0) continue;
    const name = draft.nameOf(operator);
    if (draft.isCustom(operator) || !Object.hasOwn(versions, name)) return operatorNote(draft, graph, operator, words.uint8ToInt8.unknownOp);
    const layout = weightLayout(name);
    const weights = layout === undefined ? -1 : operator.inputs[layout.weights] ?? -1;
    if (weights >= 0 && (!draft.isConstant(graph.tensor(weights)) || graph.isEdge(weights))) return operatorNote(draft, graph, operator, words.uint8ToInt8.computedWeights);
  }
  const several = graph.tensors.find((tensor) => isUnsigned(tensor) && tensor.quantization?.scale.length !== 1);
  return several === undefined ? null : tensorNote(graph, several.index, words.uint8ToInt8.severalScales);
}

interface SignedWeights {
  readonly tensor: number;
  readonly scale: readonly number[];
  readonly kept: number;
}

class Conversion {
  readonly #draft: Draft;
  readonly #graph: GraphDraft;
  readonly #weights = new Map<string, SignedWeights>();

  constructor(draft: Draft, graph: GraphDraft) {
    this.#draft = draft;
    this.#graph = graph;
  }

  run(): Note[] {
    const graph = this.#graph;
    const notes: Note[] = [];
    for (const operator of graph.operators) {
      const name = this.#draft.nameOf(operator);
      const touched = [...operator.inputs, ...operator.outputs].some((index) => index >= 0 && isUnsigned(graph.tensor(index)));
      if (!touched) continue;
      const note = this.#convertWeights(operator, name);
      const version = versions[name] ?? 1;
      this.#draft.raiseVersion(operator, name === 'TRANSPOSE_CONV' && (operator.inputs[3] ?? -1) >= 0 ? 3 : version);
      if (note !== null) notes.push(operatorNote(this.#draft, graph, operator, note));
    }
    let activations = 0;
    for (const { index, quantization, ...tensor } of graph.tensors) {
      if (!isUnsigned({ index, quantization, ...tensor }) || quantization === null) continue;
      const data = this.#draft.dataOf({ index, quantization, ...tensor });
      graph.change(index, {
        dtype: 'int8',
        quantization: { ...quantization, zeroPoint: quantization.zeroPoint.map((zeroPoint) => zeroPoint - signedOffset) },
        ...(data.length === 0 ? {} : { buffer: this.#draft.addBuffer(data.map((value) => value ^ signedOffset)) }),
      });
      activations++;
    }
    notes.push({ place: places.subgraph(graph.index), text: words.uint8ToInt8.changedTensors(activations) });
    return notes;
  }

  #convertWeights(operator: DraftOperator, name: string): string | null {
    const layout = weightLayout(name);
    const source = layout === undefined ? -1 : operator.inputs[layout.weights] ?? -1;
    if (layout === undefined || source < 0 || !isUnsigned(this.#graph.tensor(source))) return null;
    const key = `${source} ${layout.channels}`;
    const weights = this.#weights.get(key) ?? this.#signed(this.#graph.tensor(source), layout.channels);
    this.#weights.set(key, weights);
    operator.inputs[layout.weights] = weights.tensor;
    const bias = operator.inputs[layout.bias] ?? -1;
    if (bias >= 0) operator.inputs[layout.bias] = this.#biasFor(this.#graph.tensor(bias), this.#graph.tensor(operator.inputs[layout.activation]), weights.scale);
    return words.uint8ToInt8.changedWeights(weights.kept, weights.scale.length);
  }

  #signed(tensor: Tensor, dimension: number): SignedWeights {
    const data = this.#draft.dataOf(tensor);
    const [oldScale = 1] = tensor.quantization?.scale ?? [];
    const [zeroPoint = 0] = tensor.quantization?.zeroPoint ?? [];
    const channels = tensor.shape[dimension] ?? 1;
    const inner = innerElements(tensor.shape, dimension);
    const perChannel = data.length / channels;
    const signed = new Int8Array(data.length);
    const placeOf = (channel: number, index: number): number => (Math.floor(index / inner) * channels + channel) * inner + (index % inner);
    let kept = 0;
    const scale = Array.from({ length: channels }, (_, channel) => {
      const centred = Int32Array.from({ length: perChannel }, (__, index) => (data[placeOf(channel, index)] ?? 0) - zeroPoint);
      const { integers, reach } = fitChannel(centred);
      for (const [index, value] of integers.entries()) signed[placeOf(channel, index)] = value;
      if (integers.every((value, index) => value === centred[index])) kept++;
      return reach === largest ? oldScale : Math.fround((oldScale * reach) / largest);
    });
    const added = this.#graph.add({
      name: tensor.name, shape: tensor.shape, dtype: 'int8', hasRank: tensor.hasRank, data: new Uint8Array(signed.buffer),
      quantization: affine(scale, scale.map(() => 0), dimension),
    });
    return { tensor: added, scale, kept };
  }

  /** A bias counts in steps of input scale × weight scale, channel by channel. */
  #biasFor(bias: Tensor, activation: Tensor, weightScale: readonly number[]): number {
    const [inputScale = 1] = activation.quantization?.scale ?? [];
    const data = this.#draft.dataOf(bias);
    const values = new Int32Array(data.slice().buffer);
    const [oldScale = inputScale] = bias.quantization?.scale ?? [];
    const scale = weightScale.map((value) => Math.fround(inputScale * value));
    const rescaled = values.map((value, channel) => roundHalfAway((value * oldScale) / (scale[channel] ?? oldScale)));
    const quantization: TensorQuantization = affine(scale, scale.map(() => 0), 0);
    return this.#graph.add({ name: bias.name, shape: bias.shape, dtype: 'int32', hasRank: bias.hasRank, data: new Uint8Array(rescaled.buffer), quantization });
  }
}
