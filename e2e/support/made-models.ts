/** Small models whose answers follow from the picture by hand: what a test streams where no real model is at hand. */
import { zipSync } from 'fflate';
import { encode } from 'flatbuffers/js/flexbuffers.js';
import { dtypes, type DType } from '../../src/tensor/dtype';
import { builtinOperators, type BuiltinOperator } from '../../src/tflite/format/schema/operators';
import { buildModel, type Fields } from '../../src/tflite/testing/build';

interface Options { readonly member: string; readonly value: Fields }

/** What a tensor holds; float32 where nothing is said. */
export interface Elements {
  readonly dtype?: DType;
  readonly quantization?: { readonly scale: number; readonly zeroPoint: number };
}

/** A network in the making: tensors and ops in order. */
export class Made {
  readonly #codes: Fields[] = [];
  readonly #buffers: Fields[] = [{}];
  readonly #tensors: Fields[] = [];
  readonly #operators: Fields[] = [];

  tensor(name: string, shape: readonly number[], { dtype = 'float32', quantization }: Elements = {}): number {
    const scaled = quantization === undefined ? {} : { quantization: { scale: [quantization.scale], zero_point: [BigInt(quantization.zeroPoint)] } };
    return this.#tensors.push({ name, shape, type: dtypes.indexOf(dtype), buffer: 0, ...scaled }) - 1;
  }

  constant(name: string, shape: readonly number[], values: readonly number[], dtype: 'float32' | 'int32' = 'float32'): number {
    const data = dtype === 'float32' ? new Float32Array(values) : new Int32Array(values);
    const buffer = this.#buffers.push({ data: new Uint8Array(data.buffer) }) - 1;
    return this.#tensors.push({ name, shape, type: dtype === 'float32' ? 0 : 2, buffer }) - 1;
  }

  op(name: BuiltinOperator, inputs: readonly number[], outputs: readonly number[], options: Options, version = 1): void {
    const code = builtinOperators.indexOf(name);
    const opcode_index = this.#codes.push({ deprecated_builtin_code: Math.min(code, 127), builtin_code: code, version }) - 1;
    this.#operators.push({ opcode_index, inputs, outputs, builtin_options: options });
  }

  custom(name: string, inputs: readonly number[], outputs: readonly number[], options: Fields): void {
    const code = builtinOperators.indexOf('CUSTOM');
    const opcode_index = this.#codes.push({ deprecated_builtin_code: code, builtin_code: code, custom_code: name, version: 1 }) - 1;
    this.#operators.push({ opcode_index, inputs, outputs, custom_options: encode(options), custom_options_format: 0 });
  }

  /** Each pixel's channels become others: `weights` has a row for each of them. */
  mix(input: number, shape: readonly number[], weights: readonly (readonly number[])[], bias: readonly number[], name: string): number {
    const output = this.tensor(name, [...shape.slice(0, 3), weights.length]);
    const filter = this.constant(`${name}/weights`, [weights.length, 1, 1, shape[3] ?? 1], weights.flat());
    this.op('CONV_2D', [input, filter, this.constant(`${name}/bias`, [weights.length], bias)], [output], { member: 'Conv2DOptions', value: { stride_w: 1, stride_h: 1 } });
    return output;
  }

  /** The mean colour of each square of a square picture in three colours. */
  means(input: number, side: number, square: number): number {
    const output = this.tensor(`means of ${square}`, [1, side / square, side / square, 3]);
    this.op('AVERAGE_POOL_2D', [input], [output], { member: 'Pool2DOptions', value: { padding: 1, stride_w: square, stride_h: square, filter_width: square, filter_height: square } });
    return output;
  }

  reshape(input: number, shape: readonly number[], name: string): number {
    const output = this.tensor(name, shape);
    this.op('RESHAPE', [input, this.constant(`${name}/shape`, [shape.length], shape, 'int32')], [output], { member: 'ReshapeOptions', value: { new_shape: shape } });
    return output;
  }

  bytes(inputs: readonly number[], outputs: readonly number[]): Uint8Array {
    return buildModel({
      version: 3, operator_codes: this.#codes, buffers: this.#buffers,
      subgraphs: [{ name: 'main', tensors: this.#tensors, inputs, outputs, operators: this.#operators }],
    });
  }
}

/** The detector's grid: as many cells in each direction, each as wide and high as a box. */
export const detectorCells = 4;

/**
 * An SSD detector of 32 × 32 pixels that ends in TFLite_Detection_PostProcess: each cell of a grid is an anchor, the box
 * is the cell itself, and it holds class 0 by how red and class 1 by how blue it is on average.
 */
export function detectorModel(): Uint8Array {
  const made = new Made();
  const cells = detectorCells;
  const anchors = cells * cells;
  const input = made.tensor('picture', [1, 32, 32, 3]);
  const grid = [1, cells, cells, 3];
  const means = made.means(input, 32, 32 / cells);
  // From −1…1 to 0…1; the background comes first and is never likely.
  const scores = made.mix(means, grid, [[0, 0, 0], [0.5, 0, 0], [0, 0, 0.5]], [0, 0.5, 0.5], 'scores');
  const offsets = made.mix(means, grid, [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], [0, 0, 0, 0], 'offsets');
  const centres = Array.from({ length: anchors }, (_, anchor) => [(Math.floor(anchor / cells) + 0.5) / cells, ((anchor % cells) + 0.5) / cells, 1 / cells, 1 / cells]).flat();
  const most = 10;
  const outputs = [made.tensor('boxes', [1, most, 4]), made.tensor('classes', [1, most]), made.tensor('found', [1, most]), made.tensor('count', [1])];
  made.custom('TFLite_Detection_PostProcess', [
    made.reshape(offsets, [1, anchors, 4], 'encodings'), made.reshape(scores, [1, anchors, 3], 'predictions'), made.constant('anchors', [anchors, 4], centres),
  ], outputs, {
    // Numbers that float32 holds exactly: the package writes others of mixed widths wrongly.
    max_detections: most, max_classes_per_detection: 1, use_regular_nms: false, nms_score_threshold: 0.0625, nms_iou_threshold: 0.5, num_classes: 2,
    y_scale: 10, x_scale: 10, h_scale: 5, w_scale: 5,
  });
  return made.bytes([input], outputs);
}

/** Sides of the YOLO detector's input and of its smallest boxes. */
export const yoloSide = 64;
export const yoloCell = 8;

/** What a YOLO model of another task has beside its boxes. */
export interface YoloTaskParts {
  readonly task: 'detect' | 'segment' | 'pose' | 'obb';
  /** What a row has behind its scores, by the centre of its box as shares of the input. */
  readonly extras?: (x: number, y: number) => readonly number[];
  /** What it writes of the task besides. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** An output that comes after the rows. */
  readonly second?: (made: Made, input: number) => number;
}

/**
 * A YOLO model of 64 × 64 pixels, [1, 6, 84] as a detector: each cell of its three grids is a box in shares of the input, and
 * holds class 0 by how red and class 1, where there is one, by how blue it is on average, less a quarter. Behind it lies what Ultralytics writes.
 */
export function yoloModel(names: readonly string[], { task, extras = () => [], metadata: more = {}, second }: YoloTaskParts = { task: 'detect' }): Uint8Array {
  const made = new Made();
  const input = made.tensor('images', [1, yoloSide, yoloSide, 3]);
  const classes = [[1, 0, 0], [0, 0, 1]].slice(0, names.length);
  const rows = [yoloCell, 2 * yoloCell, 4 * yoloCell].map((stride) => {
    const cells = yoloSide / stride;
    const centre = (cell: number): number => (cell + 0.5) / cells;
    const centres = Array.from({ length: cells * cells }, (_, cell) => [centre(cell % cells), centre(Math.floor(cell / cells))] as const);
    const means = made.means(input, yoloSide, stride);
    const scores = made.reshape(made.mix(means, [1, cells, cells, 3], classes, classes.map(() => -0.25), `scores of ${stride}`), [1, cells * cells, classes.length], `list of ${stride}`);
    return { count: cells * cells, places: centres.map(([x, y]) => [x, y, 1 / cells, 1 / cells]), extras: centres.map(([x, y]) => extras(x, y)), scores };
  });
  const count = rows.reduce((sum, each) => sum + each.count, 0);
  const join = (inputs: readonly number[], axis: number, shape: readonly number[], name: string): number => {
    const output = made.tensor(name, shape);
    made.op('CONCATENATION', inputs, [output], { member: 'ConcatenationOptions', value: { axis } });
    return output;
  };
  const scores = join(rows.map((each) => each.scores), 1, [1, count, classes.length], 'scores');
  const behind = rows.flatMap((each) => each.extras);
  const width = behind[0]?.length ?? 0;
  const columns = [made.constant('places', [1, count, 4], rows.flatMap(({ places }) => places.flat())), scores, ...(width === 0 ? [] : [made.constant('extras', [1, count, width], behind.flat())])];
  const channels = 4 + classes.length + width;
  const table = join(columns, 2, [1, count, channels], 'rows');
  const output = made.tensor('output0', [1, channels, count]);
  made.op('TRANSPOSE', [table, made.constant('order', [3], [0, 2, 1], 'int32')], [output], { member: 'TransposeOptions', value: {} });
  const metadata = { description: 'Ultralytics YOLO11n model trained on things', task, stride: 32, imgsz: [yoloSide, yoloSide], names: Object.fromEntries(names.entries()), ...more };
  const archive = zipSync({ 'metadata.json': new TextEncoder().encode(JSON.stringify(metadata)) });
  return Buffer.concat([made.bytes([input], second === undefined ? [output] : [output, second(made, input)]), archive]);
}

/** A segmentation map in the size of its input, 32 × 32: nothing, or whichever of red, green and blue is strongest. */
export function segmentationModel(): Uint8Array {
  const made = new Made();
  const shape = [1, 32, 32, 3];
  const input = made.tensor('picture', shape);
  const map = made.mix(input, shape, [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], [-0.5, 0, 0, 0], 'map');
  return made.bytes([input], [map]);
}

/** A model of MoveNet's form: 17 points on a line that does not move, seen the better the brighter the picture is. */
export function keyPointModel(): Uint8Array {
  const made = new Made();
  const pixels = 16 * 16 * 3;
  const input = made.tensor('picture', [1, 16, 16, 3]);
  const flat = made.reshape(input, [1, pixels], 'pixels');
  const weights = Array.from({ length: 17 * 3 }, (_, value) => Array.from({ length: pixels }, () => (value % 3 === 2 ? 0.5 / pixels : 0)));
  const bias = Array.from({ length: 17 }, (_, point) => [(point + 1) / 20, (point + 2) / 20, 0.5]).flat();
  const values = made.tensor('values', [1, 17 * 3]);
  made.op('FULLY_CONNECTED', [flat, made.constant('weights', [17 * 3, pixels], weights.flat()), made.constant('bias', [17 * 3], bias)], [values], { member: 'FullyConnectedOptions', value: {} });
  const points = made.reshape(values, [1, 1, 17, 3], 'points');
  return made.bytes([input], [points]);
}

/** Steps of the line that `textModel` reads, each 8 × 8 pixels of one grey: 25 times the digit, 250 for the blank. */
export const textSteps = 8;

/** A reader of digits: each step of the line is scored by how near its grey is to that of each digit and of the blank, the last class. */
export function textModel(): Uint8Array {
  const made = new Made();
  const input = made.tensor('line', [1, 8, 8 * textSteps, 1]);
  const shape = [1, 1, textSteps, 1];
  const greys = made.tensor('greys', shape);
  made.op('AVERAGE_POOL_2D', [input], [greys], { member: 'Pool2DOptions', value: { padding: 1, stride_w: 8, stride_h: 8, filter_width: 8, filter_height: 8 } });
  // Of −(grey − own)² the square of the grey is the same for all.
  const own = Array.from({ length: 11 }, (_, digit) => (digit * 25) / 255);
  const scores = made.mix(greys, shape, own.map((grey) => [1600 * grey]), own.map((grey) => -800 * grey * grey), 'scores');
  return made.bytes([input], [made.reshape(scores, [1, textSteps, 11], 'steps')]);
}

/** The colours of 16 fields of a picture of 32 × 32 as a vector. */
export function embeddingModel(): Uint8Array {
  const made = new Made();
  const input = made.tensor('picture', [1, 32, 32, 3]);
  const fields = made.tensor('fields', [1, 4, 4, 3]);
  made.op('AVERAGE_POOL_2D', [input], [fields], { member: 'Pool2DOptions', value: { padding: 1, stride_w: 8, stride_h: 8, filter_width: 8, filter_height: 8 } });
  return made.bytes([input], [made.reshape(fields, [1, 48], 'embedding')]);
}

/** An image-to-image model of 16 × 16 pixels that exchanges red and blue. */
export function pictureModel(): Uint8Array {
  const made = new Made();
  const shape = [1, 16, 16, 3];
  const input = made.tensor('picture', shape);
  const output = made.mix(input, shape, [[0, 0, 1], [0, 1, 0], [1, 0, 0]], [0, 0, 0], 'exchanged');
  return made.bytes([input], [output]);
}

/** Places of a picture of `seenSide` × `seenSide` pixels whose elements `seenModel` gives back. */
export const seenPlaces = [{ column: 1, row: 2 }, { column: 6, row: 5 }] as const;
export const seenSide = 8;

/**
 * Gives back what it gets: each channel as a whole, then its elements at `seenPlaces`, outputs `CHANNEL`, `CHANNEL at 0`
 * and so on. Half precision comes out as float32.
 */
export function seenModel(layout: 'nhwc' | 'nchw', channels: 1 | 3, elements: Elements = {}): Uint8Array {
  const made = new Made();
  const arranged = <T>(channel: T, row: T, column: T, batch: T): T[] => (layout === 'nhwc' ? [batch, row, column, channel] : [batch, channel, row, column]);
  const shape = arranged<number>(channels, seenSide, seenSide, 1);
  const input = made.tensor('picture', shape, elements);
  let seen = input;
  let kept = elements;
  if (elements.dtype === 'float16') {
    kept = {};
    seen = made.tensor('values', shape);
    made.op('DEQUANTIZE', [input], [seen], { member: 'DequantizeOptions', value: {} }, 3);
  }
  const outputs = Array.from({ length: channels }, (_, channel) => {
    const cut = (name: string, row: number, column: number, side: number) => {
      const size = arranged(1, side, side, 1);
      const output = made.tensor(name, size, kept);
      const [begin, sizes] = [arranged(channel, row, column, 0), size].map((values, index) => made.constant(`${name}/${index}`, [4], values, 'int32'));
      made.op('SLICE', [seen, begin ?? 0, sizes ?? 0], [output], { member: 'SliceOptions', value: {} });
      return output;
    };
    return [cut(`${channel}`, 0, 0, seenSide), ...seenPlaces.map(({ row, column }, place) => cut(`${channel} at ${place}`, row, column, 1))];
  });
  return made.bytes([input], outputs.flat());
}

/** Two channels of 2 × 3 become the first one, twice the second and half more than their difference, and these are added up. */
export function mixedTwiceModel(): Uint8Array {
  const made = new Made();
  const shape = [1, 2, 3, 2];
  const input = made.tensor('values', shape);
  const mixed = made.mix(input, shape, [[1, 0], [0, 2], [1, -1]], [0, 0, 0.5], 'mixed');
  const output = made.mix(mixed, [1, 2, 3, 3], [[1, 1, 1]], [0], 'sum');
  return made.bytes([input], [output]);
}

/** Floats that become whole numbers, truths and 16-bit steps on the way, and floats again; half precision beside them. */
export function manyTypesModel(): Uint8Array {
  const made = new Made();
  const shape = [1, 6];
  const cast = (from: number, name: string, dtype: DType, held: Elements = { dtype }): number => {
    const output = made.tensor(name, shape, held);
    made.op('CAST', [from], [output], { member: 'CastOptions', value: { out_data_type: dtypes.indexOf(dtype) } });
    return output;
  };
  const input = made.tensor('values', shape);
  const counts = cast(input, 'counts', 'int64');
  const positive = made.tensor('positive', shape, { dtype: 'bool' });
  made.op('GREATER', [input, made.constant('zero', [1, 1], [0])], [positive], { member: 'GreaterOptions', value: {} });
  const steps = made.tensor('steps', shape, { dtype: 'int16', quantization: { scale: 2 ** -8, zeroPoint: 0 } });
  made.op('QUANTIZE', [input], [steps], { member: 'QuantizeOptions', value: {} });
  const real = made.tensor('real', shape);
  made.op('DEQUANTIZE', [steps], [real], { member: 'DequantizeOptions', value: {} }, 2);
  const halves = made.tensor('halves', [2, 3], { dtype: 'float16' });
  const half = made.tensor('half', shape, { dtype: 'float16' });
  made.op('RESHAPE', [halves, made.constant('half/shape', [2], shape, 'int32')], [half], { member: 'ReshapeOptions', value: { new_shape: shape } });
  const halved = made.tensor('halved', shape);
  made.op('DEQUANTIZE', [half], [halved], { member: 'DequantizeOptions', value: {} }, 3);
  return made.bytes([input, halves], [cast(counts, 'counted', 'float32', {}), cast(positive, 'truth', 'float32', {}), real, halved]);
}

/** Ops of known and very different work, one behind the other: mixes of channels, of which the third takes six sevenths of all multiply-adds, and a clamp behind the first. */
export function unevenModel(): Uint8Array {
  const made = new Made();
  const shape = (channels: number): readonly number[] => [1, 64, 64, channels];
  const input = made.tensor('picture', shape(16));
  const mix = (from: number, channels: number, to: number, name: string): number =>
    made.mix(from, shape(channels), Array.from({ length: to }, (_, row) => Array.from({ length: channels }, (__, column) => ((row + column) % 5 - 2) / channels)), Array.from({ length: to }, () => 0.5), name);
  const first = mix(input, 16, 16, 'first');
  const clamped = made.tensor('clamped', shape(16));
  made.op('RELU', [first], [clamped], { member: 'LeakyReluOptions', value: {} });
  const wide = mix(clamped, 16, 128, 'wide');
  const heavy = mix(wide, 128, 128, 'heavy');
  return made.bytes([input], [mix(heavy, 128, 4, 'last')]);
}

/**
 * A reader of digits that takes grey pixels from 0 to 255, quantized first as AI Edge Quantizer does: it says how bright the
 * picture is, from 0 for black to 9 for nearly white, a digit for every 20 of brightness. Other ranges are other digits.
 */
export function brightnessReader(): Uint8Array {
  const made = new Made();
  const side = 8;
  const input = made.tensor('picture', [1, side, side, 1]);
  const bytes = made.tensor('bytes', [1, side, side, 1], { dtype: 'int8', quantization: { scale: 1, zeroPoint: -128 } });
  made.op('QUANTIZE', [input], [bytes], { member: 'QuantizeOptions', value: {} });
  const real = made.tensor('real', [1, side, side, 1]);
  made.op('DEQUANTIZE', [bytes], [real], { member: 'DequantizeOptions', value: {} }, 2);
  const flat = made.reshape(real, [1, side * side], 'pixels');
  // Of k × mean / 10 − k², the greatest is at k = mean / 20.
  const weights = Array.from({ length: 10 }, (_, digit) => new Array<number>(side * side).fill(digit / (10 * side * side)));
  const bias = Array.from({ length: 10 }, (_, digit) => -digit * digit);
  const scores = made.tensor('scores', [1, 10]);
  made.op('FULLY_CONNECTED', [flat, made.constant('weights', [10, side * side], weights.flat()), made.constant('bias', [10], bias)], [scores], { member: 'FullyConnectedOptions', value: {} });
  const digits = made.tensor('digits', [1, 10]);
  made.op('SOFTMAX', [scores], [digits], { member: 'SoftmaxOptions', value: { beta: 1 } });
  return made.bytes([input], [digits]);
}

/** Hertz that `toneModel` tells apart, in the order of its classes. */
export const modelTones = [500, 1000, 2000] as const;

/** Which of three tones, begun at zero, a tenth of a second at 16 kHz holds: how much of each sine is in it. */
export function toneModel(): Uint8Array {
  const made = new Made();
  const length = 1600;
  const input = made.tensor('audio', [1, length]);
  const weights = modelTones.flatMap((hertz) => Array.from({ length }, (_, index) => (20 * Math.sin((2 * Math.PI * hertz * index) / 16_000)) / length));
  const scores = made.tensor('scores', [1, modelTones.length]);
  made.op('FULLY_CONNECTED', [input, made.constant('weights', [modelTones.length, length], weights), made.constant('bias', [modelTones.length], [0, 0, 0])], [scores], { member: 'FullyConnectedOptions', value: {} });
  const tones = made.tensor('tones', [1, modelTones.length]);
  made.op('SOFTMAX', [scores], [tones], { member: 'SoftmaxOptions', value: { beta: 1 } });
  return made.bytes([input], [tones]);
}
