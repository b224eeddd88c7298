import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildModel, type Fields } from '../../../../tflite/testing/build';
import { openModel } from '../../../../tflite/format/verify/verify';
import { cleanPadding } from './litert-padding';
import { paddedLayers } from './float-layers';
import { anchorOf, compareBlock, isDenormal, packedWords, treatPadding, type PackedLayout } from './xnnpack-packing';

type Kind = 'convolution' | 'depthwise' | 'connected' | 'transposed';

interface Given {
  readonly kind: Kind;
  /** Output channels of all groups. */
  readonly channels: number;
  readonly inputs: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

const opcodes = { convolution: 3, depthwise: 4, connected: 9, transposed: 67 } as const;
const optionTables = { convolution: 'Conv2DOptions', depthwise: 'DepthwiseConv2DOptions', connected: 'FullyConnectedOptions', transposed: 'TransposeConvOptions' } as const;

/** Values that no two places share. */
function values(count: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index * 12.9898 + seed * 78.233) * 3);
}

const bits = (floats: Float32Array<ArrayBuffer>) => new Uint32Array(floats.buffer);

/** A model of one layer, and its weights and biases. */
function layerModel({ kind, channels, inputs, kernel: [height, width], stride = 1, groups = 1, bias = true }: Given) {
  const shape = { convolution: [channels, height, width, inputs], depthwise: [1, height, width, channels], connected: [channels, inputs], transposed: [channels, height, width, inputs] }[kind];
  const weights = values(shape.reduce((product, size) => product * size, 1), 1);
  const biases = values(channels, 2);
  const tensors: Fields[] = [
    { name: 'input', shape: kind === 'connected' ? [1, inputs] : [1, 8, 8, kind === 'depthwise' ? channels : inputs * groups], type: 0 },
    { name: 'weights', shape, type: 0, buffer: 1 }, { name: 'bias', shape: [channels], type: 0, buffer: 2 }, { name: 'output', shape: [1, 8, 8, channels], type: 0 },
    { name: 'size', shape: [4], type: 2, buffer: 3 },
  ];
  const operands = kind === 'transposed' ? [4, 1, 0] : [0, 1];
  const model = openModel(buildModel({
    version: 3,
    operator_codes: [{ deprecated_builtin_code: opcodes[kind], builtin_code: opcodes[kind], version: 1 }],
    buffers: [{}, { data: new Uint8Array(weights.buffer) }, { data: new Uint8Array(biases.buffer) }, { data: new Uint8Array(new Int32Array([1, 8, 8, channels]).buffer) }],
    subgraphs: [{
      name: 'main', tensors, inputs: [0], outputs: [3],
      operators: [{
        opcode_index: 0, inputs: bias ? [...operands, 2] : operands, outputs: [3],
        builtin_options: { member: optionTables[kind], value: kind === 'connected' ? {} : { stride_w: stride, stride_h: stride, ...(kind === 'depthwise' ? { depth_multiplier: 1 } : {}) } },
      }],
    }],
  }));
  return { model, weights: bits(weights), biases: bias ? bits(biases) : new Uint32Array(channels) };
}

interface Tiling { readonly tile: number; readonly depth: number; readonly rotation: number; readonly taps?: number }

/** The packed block, −1 for what XNNPACK leaves as it is: written down from the description of its layout, one list for each tile. */
function pack(given: Given, { weights, biases }: { weights: Uint32Array; biases: Uint32Array }, { tile, depth, rotation, taps = 0 }: Tiling, subconvolutions = false): number[] {
  const { kind, channels, inputs, kernel: [height, width], stride = 1, groups = 1 } = given;
  const packed: number[] = [];
  const outputs = channels / groups;
  const rows: (readonly [y: number, x: number])[][] = [];
  if (subconvolutions) {
    for (let oy = 0; oy < stride; oy++) for (let ox = 0; ox < stride; ox++) {
      const phase: [number, number][] = [];
      for (let y = oy; y < height; y += stride) for (let x = ox; x < width; x += stride) phase.push([y, x]);
      rows.push(phase);
    }
  } else if (kind === 'depthwise') {
    const phase: [number, number][] = [];
    for (let x = 0; x < width; x++) for (let y = 0; y < height; y++) phase.push([y, x]);
    rows.push(phase);
  } else {
    const phase: [number, number][] = [];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) phase.push([y, x]);
    rows.push(phase);
  }
  for (let group = 0; group < groups; group++) for (const phase of rows) for (let first = 0; first < outputs; first += tile) {
    const real = Math.min(tile, outputs - first);
    for (let lane = 0; lane < tile; lane++) packed.push(lane < real ? biases[group * outputs + first + lane] as number : -1);
    for (const [y, x] of phase) {
      const steps = kind === 'depthwise' ? 1 : Math.ceil(inputs / (depth * rotation)) * rotation;
      for (let step = 0; step < steps; step++) for (let lane = 0; lane < tile; lane++) for (let place = 0; place < depth; place++) {
        if (lane >= real) packed.push(-1);
        else if (kind === 'depthwise') packed.push(weights[(y * width + x) * channels + first + lane] as number);
        else {
          const block = Math.floor(step / rotation) * depth * rotation;
          const input = block + (step % rotation * depth + place + lane * depth) % (depth * rotation);
          packed.push(input < inputs ? weights[(((group * outputs + first + lane) * height + y) * width + x) * inputs + input] as number : 0);
        }
      }
    }
    for (let spare = kind === 'depthwise' ? height * width : taps; spare < taps; spare++) for (let lane = 0; lane < tile; lane++) packed.push(lane < real ? 0 : -1);
  }
  return packed;
}

const heapWords = 12288;
const file = { start: 0, bytes: 0 };

/** A heap of small integers with blocks in it; the lanes that blocks leave alone keep them. */
function heapWith(blocks: readonly { readonly at: number; readonly words: readonly number[] }[], shared = false): Uint32Array {
  const heap = new Uint32Array(shared ? new SharedArrayBuffer(heapWords * 4) : new ArrayBuffer(heapWords * 4));
  for (let index = 0; index < heap.length; index++) heap[index] = 1 + (index % 1000);
  for (const { at, words } of blocks) for (const [index, word] of words.entries()) if (word !== -1) heap[at + index] = word;
  return heap;
}

const bytesOf = (words: Uint32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Where two heaps differ: comparing thousands of words one expectation at a time would take seconds. */
const differing = (heap: Uint32Array, expected: Uint32Array) => [...heap.keys()].filter((index) => heap[index] !== expected[index]);

/** The heap as it must be afterwards: zeros where the block leaves lanes alone, all else as it was. */
function cleaned(heap: Uint32Array, at: number, words: readonly number[]): Uint32Array {
  const expected = heap.slice();
  for (const [index, word] of words.entries()) if (word === -1) expected[at + index] = 0;
  return expected;
}

const cases: readonly [string, Given, Tiling][] = [
  ['a convolution, 16 wide', { kind: 'convolution', channels: 24, inputs: 3, kernel: [5, 5] }, { tile: 16, depth: 1, rotation: 1 }],
  ['a convolution, 8 wide', { kind: 'convolution', channels: 42, inputs: 7, kernel: [1, 1] }, { tile: 8, depth: 1, rotation: 1 }],
  ['a convolution, 2 wide with 4 inputs a row', { kind: 'convolution', channels: 5, inputs: 10, kernel: [3, 3] }, { tile: 2, depth: 4, rotation: 1 }],
  ['a convolution with rotated inputs', { kind: 'convolution', channels: 13, inputs: 9, kernel: [2, 2] }, { tile: 8, depth: 1, rotation: 4 }],
  ['a convolution without bias', { kind: 'convolution', channels: 6, inputs: 5, kernel: [3, 3], bias: false }, { tile: 16, depth: 1, rotation: 1 }],
  ['a convolution in groups', { kind: 'convolution', channels: 12, inputs: 4, kernel: [3, 3], groups: 2 }, { tile: 8, depth: 1, rotation: 1 }],
  ['a depthwise convolution', { kind: 'depthwise', channels: 28, inputs: 1, kernel: [3, 3] }, { tile: 8, depth: 1, rotation: 1, taps: 9 }],
  ['a depthwise convolution of another form', { kind: 'depthwise', channels: 6, inputs: 1, kernel: [2, 3] }, { tile: 4, depth: 1, rotation: 1, taps: 9 }],
  ['a fully connected layer', { kind: 'connected', channels: 63, inputs: 40, kernel: [1, 1] }, { tile: 16, depth: 1, rotation: 1 }],
  ['a fully connected layer of one output', { kind: 'connected', channels: 1, inputs: 96, kernel: [1, 1] }, { tile: 8, depth: 1, rotation: 1 }],
  ['a transposed convolution', { kind: 'transposed', channels: 5, inputs: 6, kernel: [3, 3], stride: 1 }, { tile: 8, depth: 1, rotation: 1 }],
];

describe('cleanPadding', () => {
  it.each(cases)('clears the unused lanes of %s, and nothing else', (_, given, tiling) => {
    const layer = layerModel(given);
    const words = pack(given, layer, tiling);
    const heap = heapWith([{ at: 1204, words }]);
    const expected = cleaned(heap, 1204, words);
    const unused = words.filter((word) => word === -1).length;
    expect(unused).toBeGreaterThan(0);
    expect(cleanPadding(bytesOf(heap), file, layer.model)).toEqual({ layers: 1, cleaned: 1, denormals: unused, notFound: 0 });
    expect(differing(heap, expected)).toEqual([]);
    expect(cleanPadding(bytesOf(heap), file, layer.model)).toEqual({ layers: 1, cleaned: 0, denormals: 0, notFound: 0 });
    expect(differing(heap, expected)).toEqual([]);
  });

  it('knows a strided transposed convolution, packed as one for each offset in the stride', () => {
    const given: Given = { kind: 'transposed', channels: 5, inputs: 6, kernel: [3, 4], stride: 2 };
    const layer = layerModel(given);
    const words = pack(given, layer, { tile: 8, depth: 1, rotation: 1 }, true);
    const heap = heapWith([{ at: 64, words }], true);
    const expected = cleaned(heap, 64, words);
    expect(cleanPadding(bytesOf(heap), file, layer.model)).toMatchObject({ layers: 1, cleaned: 1, notFound: 0 });
    expect(differing(heap, expected)).toEqual([]);
  });

  it('only looks where it is told to', () => {
    const [, given, tiling] = cases[0] as (typeof cases)[number];
    const layer = layerModel(given);
    const heap = heapWith([{ at: 400, words: pack(given, layer, tiling) }]);
    const before = heap.slice();
    expect(cleanPadding(bytesOf(heap), file, layer.model, false)).toMatchObject({ layers: 1, cleaned: 1 });
    expect(differing(heap, before)).toEqual([]);
  });

  it('does not count a layer whose channels fill their tiles', () => {
    const given: Given = { kind: 'convolution', channels: 24, inputs: 3, kernel: [3, 3] };
    const layer = layerModel(given);
    const heap = heapWith([{ at: 400, words: pack(given, layer, { tile: 8, depth: 1, rotation: 1 }) }]);
    const before = heap.slice();
    expect(cleanPadding(bytesOf(heap), file, layer.model)).toEqual({ layers: 0, cleaned: 0, denormals: 0, notFound: 0 });
    expect(differing(heap, before)).toEqual([]);
    const even = layerModel({ ...given, channels: 32 });
    expect(paddedLayers(even.model)).toEqual({ layers: [], unreadable: 0 });
  });

  const [, given, tiling] = cases[0] as (typeof cases)[number];
  const layer = layerModel(given);
  const words = pack(given, layer, tiling);
  const real = words.flatMap((word, index) => (word === -1 ? [] : [index]));

  it.each([['the first bias', real[0]], ['a weight in the middle', real[real.length >> 1]], ['the last weight', real.at(-1)]])('keeps its hands off where %s differs by a bit', (_, index = 0) => {
    const heap = heapWith([{ at: 400, words }]);
    heap[400 + index] = (heap[400 + index] as number) ^ 1;
    const before = heap.slice();
    expect(cleanPadding(bytesOf(heap), file, layer.model)).toEqual({ layers: 0, cleaned: 0, denormals: 0, notFound: 1 });
    expect(differing(heap, before)).toEqual([]);
  });

  it.each<[string, Uint32Array, { start: number; bytes: number }]>([
    ['lies in the file’s own bytes', heapWith([{ at: 400, words }]), { start: 1600, bytes: 4 * words.length }],
    ['reaches into the file’s bytes', heapWith([{ at: 400, words }]), { start: 1600 + 4 * words.length - 8, bytes: 64 }],
    ['is there more often than the layer', heapWith([{ at: 400, words }, { at: 8000, words }]), file],
    ['is cut off by the end of the heap', heapWith([{ at: heapWords - words.length + 8, words: words.slice(0, -8) }]), file],
    ['is not aligned', heapWith([{ at: 401, words }]), file],
    ['is not there', heapWith([]), file],
  ])('keeps its hands off a block that %s', (_, heap, place) => {
    const before = heap.slice();
    expect(cleanPadding(bytesOf(heap), place, layer.model)).toEqual({ layers: 0, cleaned: 0, denormals: 0, notFound: 1 });
    expect(differing(heap, before)).toEqual([]);
  });

  it('keeps its hands off weights that say too little to be told from a coincidence', () => {
    const small: Given = { kind: 'convolution', channels: 1, inputs: 3, kernel: [1, 1] };
    const tiny = layerModel(small);
    const heap = heapWith([{ at: 400, words: pack(small, tiny, { tile: 8, depth: 1, rotation: 1 }) }]);
    expect(cleanPadding(bytesOf(heap), file, tiny.model)).toMatchObject({ layers: 0, notFound: 1 });
  });

  it('writes to nothing, whatever lies in the heap', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...layer.biases.slice(0, 4), ...layer.weights.slice(0, 4), 0, 1, 0x7fc00000), { minLength: 1, maxLength: 4000 }), (noise) => {
      const heap = Uint32Array.from(noise);
      expect(cleanPadding(bytesOf(heap), file, layer.model)).toEqual({ layers: 0, cleaned: 0, denormals: 0, notFound: 1 });
      expect(differing(heap, Uint32Array.from(noise))).toEqual([]);
    }), { numRuns: 50 });
  });
});

describe('packed layouts', () => {
  const matrix = fc.record({
    channels: fc.integer({ min: 1, max: 40 }), inputs: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 3 }),
    tile: fc.constantFrom(2, 4, 8, 16), block: fc.constantFrom({ depth: 1, rotation: 1 }, { depth: 4, rotation: 1 }, { depth: 1, rotation: 4 }),
  });

  it('agree with a packer that was written down from the description', () => {
    fc.assert(fc.property(matrix, ({ channels, inputs, height, width, tile, block: { depth, rotation } }) => {
      const given: Given = { kind: 'convolution', channels, inputs, kernel: [height, width] };
      const { model, weights, biases } = layerModel(given);
      const [layer] = paddedLayers(model).layers;
      if (layer === undefined) {
        expect(channels % 16).toBe(0);
        return;
      }
      const layout = layer.layouts.find((one) => one.tile === tile && one.depth === depth && one.rotation === rotation) as PackedLayout;
      const words = pack(given, { weights, biases }, { tile, depth, rotation });
      expect(packedWords(layer, layout)).toBe(words.length);
      const heap = heapWith([{ at: 100, words }]);
      expect(compareBlock(heap, 100, layer, layout)?.words).toBe(words.length);
      const anchor = anchorOf(layer, layout, 4);
      if (anchor !== null) expect([words[anchor.offset], anchor.offset % 4]).toEqual([anchor.bits, 0]);
      const expected = cleaned(heap, 100, words);
      expect(treatPadding(heap, 100, layer, layout, true).words).toBe(words.filter((word) => word === -1).length);
      expect(differing(heap, expected)).toEqual([]);
    }), { numRuns: 60 });
  });

  it('tell denormal floats from others', () => {
    expect([0, 0x80000000, 1, 0x007fffff, 0x80000001, 0x00800000, 0x3f800000, 0x7f800000].map(isDenormal)).toEqual([false, false, true, true, true, false, false, false]);
  });
});
