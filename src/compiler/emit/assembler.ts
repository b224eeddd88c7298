/** As much of WebAssembly's binary format as kernels and the machine's own measures need. Names and codes as in the specification's chapter 5. */
export type Code = readonly (number | Code)[];

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
const float32Bytes = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);

/** Instructions, each as its bytes. */
export const op = {
  get: (local: number) => [0x20, ...unsigned(local)],
  set: (local: number) => [0x21, ...unsigned(local)],
  tee: (local: number) => [0x22, ...unsigned(local)],
  call: (index: number) => [0x10, ...unsigned(index)],
  i32Const: (value: number) => [0x41, ...signed(value)],
  f32Const: (value: number) => [0x43, ...float32Bytes(value)],
  i32Add: [0x6a],
  i32Subtract: [0x6b],
  i32Multiply: [0x6c],
  i32Load: (offset: number) => [0x28, 2, ...unsigned(offset)],
  /** A loop that runs again while what its body leaves is not zero. */
  loop: (...body: Code[]): Code => [0x03, 0x40, body, 0x0d, 0, 0x0b],
  /** Takes where to, where from and how many bytes. */
  memoryCopy: [0xfc, 10, 0, 0],
  /** Takes where, which byte and how many. */
  memoryFill: [0xfc, 11, 0],
  v128Load: (offset: number) => vector(0x00, 4, ...unsigned(offset)),
  /** Four times the same four bytes. */
  v128Load32Splat: (offset: number) => vector(0x09, 2, ...unsigned(offset)),
  v128Store: (offset: number) => vector(0x0b, 4, ...unsigned(offset)),
  v128Store32Lane: (offset: number, lane: number) => vector(0x5a, 2, ...unsigned(offset), lane),
  v128Store64Lane: (offset: number, lane: number) => vector(0x5b, 3, ...unsigned(offset), lane),
  /** Four floats. */
  v128Const: (a: number, b = a, c = a, d = a) => vector(0x0c, ...[a, b, c, d].flatMap((value) => [...float32Bytes(value)])),
  /** Four integers. */
  v128ConstOf: (values: readonly [number, number, number, number]) => vector(0x0c, ...new Uint8Array(Int32Array.from(values).buffer)),
  /** 16 bytes of two vectors, by their places among the 32. */
  i8x16Shuffle: (places: readonly number[]) => vector(0x0d, ...places),
  v128And: vector(0x4e),
  v128Or: vector(0x50),
  v128Xor: vector(0x51),
  v128Bitselect: vector(0x52),
  i32x4First: vector(0x1b, 0),
  i32x4ShiftLeft: vector(0xab),
  i32x4Add: vector(0xae),
  i32x4TruncateSaturated: vector(0xf8),
  f32x4Splat: vector(0x13),
  f32x4First: vector(0x1f, 0),
  f32x4Equal: vector(0x41),
  f32x4Less: vector(0x43),
  f32x4Ceil: vector(0x67),
  f32x4Floor: vector(0x68),
  f32x4Nearest: vector(0x6a),
  f32x4Absolute: vector(0xe0),
  f32x4Negate: vector(0xe1),
  f32x4SquareRoot: vector(0xe3),
  f32x4Add: vector(0xe4),
  f32x4Subtract: vector(0xe5),
  f32x4Multiply: vector(0xe6),
  f32x4Divide: vector(0xe7),
  /** The second where it is less than the first, else the first: one instruction on every processor, unlike `f32x4.min`. */
  f32x4PseudoMinimum: vector(0xea),
  /** The second where the first is less than it, else the first. */
  f32x4PseudoMaximum: vector(0xeb),
  /** a × b + c, rounded once or twice as the machine likes: relaxed SIMD. */
  f32x4RelaxedMultiplyAdd: vector(0x105),
  /** Four products of bytes each, added to c: relaxed SIMD, see `byteProducts`. */
  i32x4RelaxedDot: vector(0x113),
} as const;

export interface WasmFunction {
  /** What it is exported as. */
  readonly name: string;
  readonly parameters: readonly Type[];
  readonly result: Type | null;
  /** Local variables beyond the parameters, numbered after them. */
  readonly locals: readonly { readonly count: number; readonly type: Type }[];
  readonly body: Code;
}

/** A function from outside, imported from `module` under its name. Imported ones are numbered before the module's own. */
export interface ImportedFunction {
  readonly module: string;
  readonly name: string;
  readonly parameters: readonly Type[];
}

function flatten(code: Code, into: number[]): number[] {
  for (const part of code) {
    if (typeof part === 'number') into.push(part);
    else flatten(part, into);
  }
  return into;
}

/** A module that exports its functions, and its memory as `memory`. */
export function assemble(functions: readonly WasmFunction[], memoryPages: number, imports: readonly ImportedFunction[] = []): Uint8Array<ArrayBuffer> {
  const list = (items: readonly Code[]): Code => [unsigned(items.length), items];
  const sized = (content: Code): Code => {
    const bytes = flatten(content, []);
    return [unsigned(bytes.length), bytes];
  };
  const text = (name: string): Code => list([...new TextEncoder().encode(name)].map((byte) => [byte]));
  const section = (id: number, content: Code): Code => [id, sized(content)];
  const typeList = (all: readonly Type[]): Code => list(all.map((type) => [types[type]]));
  const signatures = [...imports.map(({ parameters }) => ({ parameters, result: null })), ...functions];
  return Uint8Array.from(flatten([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    section(1, list(signatures.map(({ parameters, result }) => [0x60, typeList(parameters), typeList(result === null ? [] : [result])]))),
    imports.length === 0 ? [] : section(2, list(imports.map(({ module, name }, index) => [text(module), text(name), 0x00, unsigned(index)]))),
    section(3, list(functions.map((_, index) => unsigned(imports.length + index)))),
    section(5, list([[0x00, unsigned(memoryPages)]])),
    section(7, list([...functions.map(({ name }, index) => [text(name), 0x00, unsigned(imports.length + index)]), [text('memory'), 0x02, 0]])),
    section(10, list(functions.map(({ locals, body }) => sized([list(locals.map(({ count, type }) => [unsigned(count), types[type]])), body, 0x0b])))),
  ], []));
}
