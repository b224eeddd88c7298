/**
 * A second reader for tests, by hand: slots and type numbers are written out from the published schema, nothing is
 * shared with the code under test.
 */
export interface WalkedTensor { readonly shape: readonly number[]; readonly type: number; readonly dataAt: number; readonly dataBytes: number; readonly quantized: boolean }
export interface WalkedOperator { readonly code: number; readonly inputs: readonly number[]; readonly outputs: readonly number[] }

export function walk(bytes: Uint8Array): { readonly tensors: readonly WalkedTensor[]; readonly operators: readonly WalkedOperator[] } {
  const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const follow = (at: number): number => at + file.getUint32(at, true);
  /** The position of a table's field, or 0. */
  const field = (table: number, slot: number): number => {
    const vtable = table - file.getInt32(table, true);
    const offset = 4 + 2 * slot < file.getUint16(vtable, true) ? file.getUint16(vtable + 4 + 2 * slot, true) : 0;
    return offset === 0 ? 0 : table + offset;
  };
  const vector = (table: number, slot: number): { at: number; count: number } => {
    const at = field(table, slot);
    return at === 0 ? { at: 0, count: 0 } : { at: follow(at) + 4, count: file.getUint32(follow(at), true) };
  };
  const tables = (table: number, slot: number): number[] => {
    const { at, count } = vector(table, slot);
    return Array.from({ length: count }, (_, index) => follow(at + 4 * index));
  };
  const integers = (table: number, slot: number): number[] => {
    const { at, count } = vector(table, slot);
    return Array.from({ length: count }, (_, index) => file.getInt32(at + 4 * index, true));
  };
  const byteAt = (at: number): number => (at === 0 ? 0 : file.getInt8(at));
  const wordAt = (at: number): number => (at === 0 ? 0 : file.getInt32(at, true));

  const model = follow(0);
  const codes = tables(model, 1).map((code) => Math.max(byteAt(field(code, 0)), wordAt(field(code, 3))));
  const buffers = tables(model, 4).map((buffer) => vector(buffer, 0));
  const [graph = 0] = tables(model, 2);
  return {
    tensors: tables(graph, 0).map((tensor) => {
      const data = buffers[wordAt(field(tensor, 2))];
      const quantization = field(tensor, 4);
      return {
        shape: integers(tensor, 0), type: byteAt(field(tensor, 1)), dataAt: data?.at ?? 0, dataBytes: data?.count ?? 0,
        quantized: quantization !== 0 && vector(follow(quantization), 2).count > 0,
      };
    }),
    operators: tables(graph, 3).map((operator) => ({ code: codes[wordAt(field(operator, 0))] ?? -1, inputs: integers(operator, 1), outputs: integers(operator, 2) })),
  };
}
