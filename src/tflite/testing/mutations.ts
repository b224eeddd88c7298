/** Damaged copies of files, the same ones each time: for the fuzz test here and for those that go through a browser. */

/** A small generator with a seed, so that a failure can be repeated. Numbers from 0 to below 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Where a mutation falls: mostly in a file's first or last bytes, because between them lie weights, which nothing reads. */
function structuralByte(length: number, random: () => number): number {
  const edge = Math.min(length, 24_000);
  const side = random();
  if (side < 0.05) return Math.floor(random() * length);
  return Math.floor(side < 0.4 ? random() * edge : length - random() * edge);
}

function structuralWord(length: number, random: () => number): number {
  return Math.max(0, Math.min(4 * Math.floor(structuralByte(length, random) / 4), length - 4));
}

/** Each takes a copy that it may change, and gives the damaged file. */
export const mutators: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>, random: () => number) => Uint8Array<ArrayBuffer>>> = {
  flipBit(bytes, random) {
    const at = structuralByte(bytes.length, random);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    return bytes;
  },
  flipManyBits(bytes, random) {
    for (let count = 1 + Math.floor(random() * 16); count > 0; count -= 1) mutators['flipBit']?.(bytes, random);
    return bytes;
  },
  truncate(bytes, random) {
    return bytes.slice(0, Math.floor(random() < 0.5 ? random() * bytes.length : structuralByte(bytes.length, random)));
  },
  swapWords(bytes, random) {
    const [one, other] = [structuralWord(bytes.length, random), structuralWord(bytes.length, random)];
    const kept = bytes.slice(one, one + 4);
    bytes.copyWithin(one, other, other + 4);
    bytes.set(kept, other);
    return bytes;
  },
  /** Two words that can be offsets, each made to lead where the other led. */
  swapOffsets(bytes, random) {
    const view = new DataView(bytes.buffer);
    const offsetAt = (): number => {
      for (let attempts = 0; attempts < 40; attempts += 1) {
        const at = structuralWord(bytes.length, random);
        const value = view.getUint32(at, true);
        if (value >= 4 && value % 4 === 0 && at + value < bytes.length) return at;
      }
      return 0;
    };
    const [one, other] = [offsetAt(), offsetAt()];
    const [first, second] = [one + view.getUint32(one, true), other + view.getUint32(other, true)];
    view.setUint32(one, second - one, true);
    view.setUint32(other, first - other, true);
    return bytes;
  },
  hugeWord(bytes, random) {
    const at = structuralWord(bytes.length, random);
    const huge = [0xffffffff, 0x7fffffff, 0x80000000, 0x00ffffff, 0x10000, bytes.length, bytes.length - at][Math.floor(random() * 7)] ?? 0;
    new DataView(bytes.buffer).setUint32(at, huge, true);
    return bytes;
  },
  copyWord(bytes, random) {
    const [from, to] = [structuralWord(bytes.length, random), structuralWord(bytes.length, random)];
    return bytes.copyWithin(to, from, from + 4);
  },
  insertByte(bytes, random) {
    const at = structuralByte(bytes.length, random);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes.subarray(0, at));
    longer.set(bytes.subarray(at), at + 1);
    return longer;
  },
};

export interface Mutation {
  /** `flipBit 12`: with the seed, the name of the one file that failed. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `count` damaged copies of files of at least 8 bytes, taking turns between files and kinds of damage. */
export function* mutations(files: readonly Uint8Array[], count: number, seed: number): Generator<Mutation> {
  const random = randomNumbers(seed);
  const kinds = Object.entries(mutators);
  for (let index = 0; index < count; index += 1) {
    const file = files[index % files.length] ?? new Uint8Array(8);
    const [name, mutate] = kinds[Math.floor(index / files.length) % kinds.length] ?? ['nothing', (bytes: Uint8Array<ArrayBuffer>) => bytes];
    yield { name: `${name} ${index}`, bytes: mutate(file.slice(), random) };
  }
}
