/**
 * The cure for a bug of LiteRT. XNNPACK packs float weights in tiles of output channels, and where a layer's channels
 * do not fill its last tile, the lanes left over keep what the heap held. Small integers there are denormal floats,
 * and every multiplication with one takes a slow path on x86 (WASM cannot flush them to zero): the same model runs 3
 * to 10 times slower, with the same outputs, because nobody reads those lanes. Which of its loads are slow is luck.
 */
import type { Model } from '../../../../tflite/format/model';
import type { PaddingReport } from '../../../configuration/shared/padding-report';
import { paddedLayers } from './float-layers';
import { anchorOf, compareBlock, hasPadding, treatPadding, type FloatLayer, type PackedLayout } from './xnnpack-packing';

/** The runtime aligns packed weights to 16 bytes. */
const alignment = 4;
/** Fewer words that agree and are not zero could be a coincidence. */
const leastTelling = 8;
/** Rows that tell a layout without unused lanes, where nothing will be written. */
const glanceRows = 8;

interface Candidate {
  readonly group: LayerGroup;
  readonly layout: PackedLayout;
  readonly offset: number;
}

interface Block {
  readonly at: number;
  readonly layout: PackedLayout;
  /** Words compared: all of a layout with unused lanes, the first rows of one without. */
  readonly words: number;
}

/** Layers with the same weights and biases: the runtime may pack them once or each for itself. */
interface LayerGroup {
  readonly layer: FloatLayer;
  count: number;
  readonly blocks: Block[];
}

/**
 * Finds the packed weights of a model's float layers in the runtime's heap and writes zeros to their unused lanes, and
 * to nothing else. A block counts only where every bias and weight of the layer is there, bit for bit, in one layout
 * alone; where there are more such blocks than layers, or two layouts fit, hands off.
 *
 * @param heap all of the WASM memory, shared or not
 * @param file where the model's own bytes lie in it, which are left alone
 * @param clear false to look only
 */
export function cleanPadding(heap: Uint8Array, file: { readonly start: number; readonly bytes: number }, model: Model, clear = true): PaddingReport {
  const { layers, unreadable } = paddedLayers(model);
  const groups = groupAlike(layers);
  const memory = new Uint32Array(heap.buffer, heap.byteOffset, heap.byteLength >>> 2);
  const skipped = { from: file.start >>> 2, to: (file.start + file.bytes + 3) >>> 2 };
  search(memory, skipped, groups);

  const report = { layers: 0, cleaned: 0, denormals: 0, notFound: unreadable };
  for (const group of groups) {
    const settled = settle(memory, group);
    if (settled === null) {
      report.notFound += group.count;
      continue;
    }
    for (const { at, layout } of settled) {
      const { filled, denormal } = treatPadding(memory, at, group.layer, layout, clear);
      report.layers++;
      if (filled > 0) report.cleaned++;
      report.denormals += denormal;
    }
  }
  return report;
}

/** The blocks of a group that have unused lanes; null where its blocks were not found or leave a doubt. */
function settle(memory: Uint32Array, { layer, count, blocks }: LayerGroup): readonly Block[] | null {
  const places = new Map<number, Block[]>();
  for (const block of blocks) places.set(block.at, [...places.get(block.at) ?? [], block]);
  if (places.size === 0 || places.size > count) return null;
  const settled: Block[] = [];
  for (const fitting of places.values()) {
    const padded = fitting.filter(({ layout }) => hasPadding(layer, layout));
    const [block, ...others] = padded;
    if (block === undefined) continue;
    const full = fitting.filter(({ at, layout }) => !hasPadding(layer, layout) && compareBlock(memory, at, layer, layout) !== null);
    if (full.length > 0 || others.some((other) => !sameLanes(block, other))) return null;
    settled.push(block);
  }
  return settled;
}

/** Whether two layouts that fit a block leave the same lanes unused: a single channel is not rotated against any other. */
function sameLanes(one: Block, other: Block): boolean {
  return one.words === other.words && one.layout.tile === other.layout.tile && one.layout.depth === other.layout.depth
    && one.layout.spareRows === other.layout.spareRows && one.layout.phases === other.layout.phases;
}

/** One pass over the memory, looking at one word in `alignment` and further only where it is some layer's anchor. */
function search(memory: Uint32Array, skipped: { readonly from: number; readonly to: number }, groups: readonly LayerGroup[]): void {
  const candidates = new Map<number, Candidate[]>();
  // Nearly every word is ruled out by a look at this table.
  const filter = new Uint8Array(1 << 16);
  for (const group of groups) {
    for (const layout of group.layer.layouts) {
      const anchor = anchorOf(group.layer, layout, alignment);
      if (anchor === null) continue;
      filter[hash(anchor.bits)] = 1;
      const same = candidates.get(anchor.bits);
      const candidate = { group, layout, offset: anchor.offset };
      if (same === undefined) candidates.set(anchor.bits, [candidate]);
      else same.push(candidate);
    }
  }
  if (candidates.size === 0) return;
  for (let index = 0; index < memory.length; index += alignment) {
    const bits = memory[index] as number;
    if (filter[hash(bits)] === 0 || (index >= skipped.from && index < skipped.to)) continue;
    for (const { group, layout, offset } of candidates.get(bits) ?? []) {
      const { layer, blocks } = group;
      const at = index - offset;
      const padded = hasPadding(layer, layout);
      const agreement = compareBlock(memory, at, layer, layout, padded ? Infinity : glanceRows);
      if (agreement === null || agreement.telling < leastTelling || overlaps(at, agreement.words, skipped)) continue;
      blocks.push({ at, layout, words: agreement.words });
    }
  }
}

function hash(bits: number): number {
  return (bits ^ (bits >>> 16)) & 0xffff;
}

function overlaps(at: number, words: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return at < to && at + words > from;
}

function groupAlike(layers: readonly FloatLayer[]): LayerGroup[] {
  const groups: LayerGroup[] = [];
  const byStart = new Map<string, LayerGroup[]>();
  for (const layer of layers) {
    const key = [layer.outputs, layer.inputs, layer.groups, layer.weights.length, layer.weights[0], layer.weights.at(-1), layer.bias?.[0]].join(' ');
    const alike = byStart.get(key) ?? [];
    const known = alike.find((group) => sameWords(group.layer.weights, layer.weights) && sameWords(group.layer.bias, layer.bias));
    if (known !== undefined) {
      known.count++;
      continue;
    }
    const group = { layer, count: 1, blocks: [] };
    groups.push(group);
    alike.push(group);
    byStart.set(key, alike);
  }
  return groups;
}

function sameWords(one: Uint32Array | null, other: Uint32Array | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
