import { assemble, op } from '../../../compiler/emit/assembler';

/**
 * What relaxed SIMD's dot product of bytes does on this processor: with `b` as signed, with `b` as unsigned, or with
 * sums cut off at 16 bits on the way.
 */
export type ByteProducts = 'signed' | 'unsigned' | 'cut off';

/** Adds four products of neighbouring bytes each: 16 bytes of `a` and `b` to 4 sums. */
export type Dot = (a: Int8Array, b: Int8Array) => Int32Array;

/** Pairs whose sums need more than 16 bits, and such as tell the signs apart. */
const questions: readonly (readonly [a: number, b: readonly number[]])[] = [
  [1, [-128, 0, 0, 0]], [-128, [-128, -128, -128, -128]], [-128, [-1, -1, -128, -128]], [127, [-1, -1, -1, -1]], [127, [127, 127, 127, 127]],
];

/** Which of the three an instruction does; reckoned without SIMD, question by question. */
export function kindOfProducts(dot: Dot): ByteProducts {
  const agrees = (asRead: (byte: number) => number): boolean => questions.every(([a, b]) => {
    const expected = b.reduce((sum, byte) => sum + a * asRead(byte), 0);
    return dot(new Int8Array(16).fill(a), Int8Array.from({ length: 16 }, (_, index) => b[index % 4] ?? 0)).every((sum) => sum === expected);
  });
  if (agrees((byte) => byte)) return 'signed';
  return agrees((byte) => byte & 0xff) ? 'unsigned' : 'cut off';
}

interface DotExports {
  readonly memory: WebAssembly.Memory;
  readonly dot: () => number;
}

/**
 * How this browser multiplies bytes; null where it has no relaxed SIMD. XNNPACK asks the like of it at its start, and
 * takes its fast int8 kernels only where no bit is lost: with Arm's SDOT (signed) or x86's VPDPBUSD, that is VNNI
 * (unsigned). Older x86 has PMADDUBSW, which cuts sums of two products off at 16 bits.
 */
export function byteProducts(): ByteProducts | null {
  const [a, b, zero, sums] = [0, 16, 32, 48];
  const module = assemble([{
    name: 'dot', parameters: [], result: 'i32', locals: [],
    body: [op.i32Const(0), ...[a, b, zero].map((at) => [...op.i32Const(0), ...op.v128Load(at)]), op.i32x4RelaxedDot, op.v128Store(sums), op.i32Const(0)],
  }], 1);
  if (!WebAssembly.validate(module)) return null;
  const { memory, dot } = new WebAssembly.Instance(new WebAssembly.Module(module)).exports as unknown as DotExports;
  const bytes = new Int8Array(memory.buffer);
  return kindOfProducts((left, right) => {
    bytes.set(left, a);
    bytes.set(right, b);
    dot();
    return new Int32Array(memory.buffer, sums, 4);
  });
}
