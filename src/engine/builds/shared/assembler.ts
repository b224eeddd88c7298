/** As much of WebAssembly's binary format as the machine's own measures need. Names and codes as in the specification's chapter 5. */
export type Code = readonly number[];

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

export const types = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type Type = keyof typeof types;

const vector = (opcode: number, ...immediate: number[]): number[] => [0xfd, ...unsigned(opcode), ...immediate];

/** Instructions, each as its bytes. */
export const op = {
  get: (local: number) => [0x20, ...unsigned(local)],
  set: (local: number) => [0x21, ...unsigned(local)],
  tee: (local: number) => [0x22, ...unsigned(local)],
  i32Const: (value: number) => [0x41, ...signed(value)],
  f32Const: (value: number) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  i32Add: [0x6a],
  i32Subtract: [0x6b],
  i32Multiply: [0x6c],
  /** A loop that runs again while what its body leaves is not zero. */
  loop: (...body: Code[]) => [0x03, 0x40, ...body.flat(), 0x0d, 0, 0x0b],
  v128Load: (offset: number) => vector(0x00, 4, ...unsigned(offset)),
  /** Four times the same four bytes. */
  v128Load32Splat: (offset: number) => vector(0x09, 2, ...unsigned(offset)),
  v128Store: (offset: number) => vector(0x0b, 4, ...unsigned(offset)),
  v128Or: vector(0x50),
  i32x4Add: vector(0xae),
  i32x4First: vector(0x1b, 0),
  f32x4Splat: vector(0x13),
  f32x4First: vector(0x1f, 0),
  f32x4Add: vector(0xe4),
  f32x4Multiply: vector(0xe6),
  /** a × b + c, rounded once or twice as the machine likes: relaxed SIMD. */
  f32x4RelaxedMultiplyAdd: vector(0x105),
  /** Four products of bytes each, added to c: relaxed SIMD, see `byteProducts`. */
  i32x4RelaxedDot: vector(0x113),
} as const;

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type;
  /** Local variables beyond the parameters, numbered after them. */
  readonly locals: readonly { readonly count: number; readonly type: Type }[];
  readonly body: readonly Code[];
}

/** A module that exports its functions, and its memory as `memory`. */
export function assemble(functions: readonly WasmFunction[], memoryPages: number): Uint8Array<ArrayBuffer> {
  const text = (name: string): number[] => list([...new TextEncoder().encode(name)].map((byte) => [byte]));
  const list = (items: readonly Code[]): number[] => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, content: Code): number[] => [id, ...unsigned(content.length), ...content];
  const typeList = (all: readonly Type[]): number[] => list(all.map((type) => [types[type]]));
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, list(functions.map(({ parameters, result }) => [0x60, ...typeList(parameters), ...typeList([result])]))),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(5, list([[0x00, ...unsigned(memoryPages)]])),
    ...section(7, list([...functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]), [...text('memory'), 0x02, 0]])),
    ...section(10, list(functions.map(({ locals, body }) => {
      const code = [...list(locals.map(({ count, type }) => [...unsigned(count), types[type]])), ...body.flat(), 0x0b];
      return [...unsigned(code.length), ...code];
    }))),
  ]);
}
