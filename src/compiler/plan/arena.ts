/** Memory that is needed from one step to another, both included. */
export interface Block {
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
}

export interface Arena {
  /** Where each block begins. */
  readonly offsets: readonly number[];
  readonly bytes: number;
}

export const alignment = 64;

export const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/**
 * Places blocks so that those which are needed at the same time do not overlap: the largest first, each where the smallest gap
 * holds it (as TFLite's arena and its “greedy by size” do).
 */
export function arrange(blocks: readonly Block[]): Arena {
  const offsets = blocks.map(() => 0);
  const placed: number[] = [];
  let end = 0;
  const order = blocks.map((_, index) => index).sort((one, other) => (blocks[other]?.bytes ?? 0) - (blocks[one]?.bytes ?? 0) || one - other);
  for (const index of order) {
    const block = blocks[index];
    if (block === undefined) continue;
    const beside = placed.filter((other) => overlap(block, blocks[other])).sort((one, other) => (offsets[one] ?? 0) - (offsets[other] ?? 0));
    let [at, best, smallest] = [0, -1, Infinity];
    for (const other of beside) {
      const gap = (offsets[other] ?? 0) - at;
      if (gap >= block.bytes && gap < smallest) [best, smallest] = [at, gap];
      at = Math.max(at, aligned((offsets[other] ?? 0) + (blocks[other]?.bytes ?? 0)));
    }
    offsets[index] = best === -1 ? at : best;
    end = Math.max(end, (offsets[index] ?? 0) + block.bytes);
    placed.push(index);
  }
  return { offsets, bytes: aligned(end) };
}

function overlap(one: Block, other: Block | undefined): boolean {
  return other !== undefined && one.from <= other.to && other.from <= one.to;
}
