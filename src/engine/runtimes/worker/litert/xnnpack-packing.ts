/**
 * How XNNPACK lays out the float weights of a layer for its microkernels (google/XNNPACK, `src/reference/packing.cc`),
 * told as rows, so that a block of memory can be held against a layer and its unused lanes be found. Everything is
 * bits, never values: NaNs and both zeros stay what they are.
 *
 * For each group and each tile of `tile` output channels there is a row of biases, and then for every kernel position
 * and every `depth` input channels a row of `tile × depth` weights. Where the channels do not fill the last tile, its
 * lanes are there all the same and nobody reads what comes of them; nobody writes them either.
 */

/** A layer with float32 weights, as bits. `outputs` and `inputs` are those of one group. */
export interface FloatLayer {
  /** `subgraph 0, op 12, CONV_2D` */
  readonly place: string;
  /** Null for a layer without; XNNPACK packs zeros then. */
  readonly bias: Uint32Array | null;
  readonly weights: Uint32Array;
  readonly groups: number;
  readonly outputs: number;
  readonly inputs: number;
  readonly kernel: { readonly height: number; readonly width: number };
  /** How far apart weights lie that differ by one in group, output, kernel position or input. */
  readonly strides: { readonly group: number; readonly output: number; readonly position: number; readonly input: number };
  readonly layouts: readonly PackedLayout[];
}

/** One way in which a layer may be packed. */
export interface PackedLayout {
  /** Output channels side by side (NR; for depthwise convolution the channel tile). */
  readonly tile: number;
  /** Input channels side by side for each of them (KR), and how many such blocks are rotated against each other (SR). */
  readonly depth: number;
  readonly rotation: number;
  /** Kernel positions in packed order. A transposed convolution has one list for each offset inside its stride. */
  readonly phases: readonly (readonly number[])[];
  /** Rows without weights at a tile's end: a depthwise kernel made for more positions than the layer has. */
  readonly spareRows: number;
}

/**
 * @param offset words from the start of the block to the row's first lane
 * @param lanes how many of the tile's channels exist
 * @param bias index of the first lane's bias, −1 in a row of weights
 * @param weight index of the weight of the first lane's first input, −1 in a row of biases and in a spare row
 * @param input the first input channel of the row
 */
type VisitRow = (offset: number, lanes: number, bias: number, weight: number, input: number) => boolean;

/** Walks the rows of a packed layer until `visit` returns false. Returns the words that were passed. */
function walkRows(layer: FloatLayer, layout: PackedLayout, visit: VisitRow): number {
  const { groups, outputs, inputs, strides } = layer;
  const { tile, depth, rotation, phases, spareRows } = layout;
  const block = depth * rotation;
  const packedInputs = Math.ceil(inputs / block) * block;
  let offset = 0;
  for (let group = 0; group < groups; group++) {
    for (const positions of phases) {
      for (let first = 0; first < outputs; first += tile) {
        const lanes = Math.min(tile, outputs - first);
        if (!visit(offset, lanes, group * outputs + first, -1, 0)) return offset;
        offset += tile;
        for (const position of positions) {
          const base = group * strides.group + first * strides.output + position * strides.position;
          for (let input = 0; input < packedInputs; input += depth) {
            if (!visit(offset, lanes, -1, base, input)) return offset;
            offset += tile * depth;
          }
        }
        for (let row = 0; row < spareRows; row++) {
          if (!visit(offset, lanes, -1, -1, 0)) return offset;
          offset += tile * depth;
        }
      }
    }
  }
  return offset;
}

/** The input channel that lane `lane` holds at place `place` of a row that begins with `input`. */
function inputAt({ depth, rotation }: PackedLayout, input: number, lane: number, place: number): number {
  const block = depth * rotation;
  const start = input - (input % block);
  return start + ((input + place + lane * depth) % block);
}

/** Whether some tile of the layer has lanes without a channel. */
export function hasPadding({ outputs }: FloatLayer, { tile }: PackedLayout): boolean {
  return outputs % tile !== 0;
}

/** Words of the whole block. */
export function packedWords(layer: FloatLayer, layout: PackedLayout): number {
  return walkRows(layer, layout, () => true);
}

/** A word that the packed block has for certain, by which it is found. */
export interface Anchor {
  readonly bits: number;
  /** Words from the block's start: a multiple of `alignment`. */
  readonly offset: number;
}

/** Values that say nothing of where they come from. */
const common = new Set([0, 0x80000000, 0x3f800000, 0xbf800000]);

/** The first telling word of a packed layer at a multiple of `alignment` words; null where there is none. */
export function anchorOf(layer: FloatLayer, layout: PackedLayout, alignment: number): Anchor | null {
  const { bias, weights, inputs, strides } = layer;
  const { depth } = layout;
  let found: Anchor | null = null;
  walkRows(layer, layout, (offset, lanes, firstBias, firstWeight, input) => {
    const width = firstBias >= 0 ? 1 : depth;
    for (let lane = 0; lane < lanes; lane++) {
      for (let place = 0; place < width; place++) {
        const at = offset + lane * width + place;
        if (at % alignment !== 0) continue;
        const channel = firstBias >= 0 ? 0 : inputAt(layout, input, lane, place);
        if (channel >= inputs || (firstBias < 0 && firstWeight < 0)) continue;
        const bits = firstBias >= 0 ? bias?.[firstBias + lane] : weights[firstWeight + lane * strides.output + channel * strides.input];
        if (bits === undefined || common.has(bits)) continue;
        found = { bits, offset: at };
        return false;
      }
    }
    return true;
  });
  return found;
}

/** What a comparison found: how many words agree that are not zero. */
export interface Agreement {
  readonly words: number;
  readonly telling: number;
}

/**
 * Holds memory against a packed layer: every word that stands for a bias or a weight must be there, bit for bit.
 *
 * @param at word index of the block's start
 * @param rows how many rows to compare, all when left out
 * @returns null as soon as a word differs or the memory ends
 */
export function compareBlock(memory: Uint32Array, at: number, layer: FloatLayer, layout: PackedLayout, rows = Infinity): Agreement | null {
  const { bias, weights, inputs, strides } = layer;
  const { depth, rotation, tile } = layout;
  const simple = depth * rotation === 1;
  let telling = 0;
  let left = rows;
  let same = true;
  const words = walkRows(layer, layout, (offset, lanes, firstBias, firstWeight, input) => {
    if (left-- <= 0) return false;
    const start = at + offset;
    if (start < 0 || start + tile * (firstBias >= 0 ? 1 : depth) > memory.length) return same = false;
    if (firstBias >= 0) {
      for (let lane = 0; lane < lanes; lane++) {
        const bits = bias === null ? 0 : bias[firstBias + lane];
        if (memory[start + lane] !== bits) return same = false;
        if (bits !== 0) telling++;
      }
      return true;
    }
    if (firstWeight < 0) return true;
    if (simple) {
      const first = firstWeight + input * strides.input;
      for (let lane = 0; lane < lanes; lane++) {
        const bits = weights[first + lane * strides.output];
        if (memory[start + lane] !== bits) return same = false;
        if (bits !== 0) telling++;
      }
      return true;
    }
    for (let lane = 0; lane < lanes; lane++) {
      for (let place = 0; place < depth; place++) {
        const channel = inputAt(layout, input, lane, place);
        if (channel >= inputs) continue;
        const bits = weights[firstWeight + lane * strides.output + channel * strides.input];
        if (memory[start + lane * depth + place] !== bits) return same = false;
        if (bits !== 0) telling++;
      }
    }
    return true;
  });
  return same ? { words, telling } : null;
}

/** What lay in lanes that stand for nothing. */
export interface Padding {
  readonly words: number;
  /** Those that were not zero. */
  readonly filled: number;
  /** Those among them that are denormal floats, each of which slows a multiplication down. */
  readonly denormal: number;
}

/**
 * Looks at the lanes of a packed layer that stand for no output channel, and writes zeros to them if asked to.
 * The block must have been compared before: nothing else is checked here.
 */
export function treatPadding(memory: Uint32Array, at: number, layer: FloatLayer, layout: PackedLayout, clear: boolean): Padding {
  const { tile, depth } = layout;
  let words = 0;
  let filled = 0;
  let denormal = 0;
  walkRows(layer, layout, (offset, lanes, firstBias) => {
    const width = firstBias >= 0 ? 1 : depth;
    const end = at + offset + tile * width;
    for (let index = at + offset + lanes * width; index < end; index++) {
      const bits = memory[index] as number;
      words++;
      if (bits === 0) continue;
      filled++;
      if (isDenormal(bits)) denormal++;
      if (clear) memory[index] = 0;
    }
    return true;
  });
  return { words, filled, denormal };
}

export function isDenormal(bits: number): boolean {
  return (bits & 0x7f800000) === 0 && (bits & 0x007fffff) !== 0;
}
