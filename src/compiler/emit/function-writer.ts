import { op, type Code, type Type, type WasmFunction } from './assembler';

/** What a module is made for. */
export interface Machine {
  /** Whether a × b + c is one instruction (relaxed SIMD) or two. */
  readonly relaxed: boolean;
  /** Whether every access to memory is reported before it happens, to the two functions that such a module imports; for tests. */
  readonly checked: boolean;
}

/** What a checked module imports: each takes an address and how many bytes of it. */
export const checks = { reads: 0, writes: 1 } as const;

export const vectorBytes = 16;
export const lanes = 4;

/**
 * One function while it is written, from its beginning to its end. Addresses are code that may be put in twice: no more than
 * reading locals and adding.
 */
export class FunctionWriter {
  readonly machine: Machine;
  readonly #types: Type[] = [];
  readonly #body: Code[] = [];
  #open: Code[];

  constructor(machine: Machine) {
    this.machine = machine;
    this.#open = this.#body;
  }

  local(type: Type = 'i32'): number {
    return this.#types.push(type) - 1;
  }

  vectors(count: number): number[] {
    return Array.from({ length: count }, () => this.local('v128'));
  }

  emit(...code: Code[]): void {
    this.#open.push(...code);
  }

  /** Writes `body` so that it runs `turns` times: as it is for one, else in a loop. */
  repeat(turns: number, body: () => void): void {
    if (turns <= 0) return;
    if (turns === 1) {
      body();
      return;
    }
    const left = this.local();
    const outer = this.#open;
    this.#open = [];
    body();
    const inner = this.#open;
    this.#open = outer;
    this.emit(op.i32Const(turns), op.set(left), op.loop(inner, op.get(left), op.i32Const(1), op.i32Subtract, op.tee(left)));
  }

  /** local ← constant */
  point(local: number, address: number): void {
    this.emit(op.i32Const(address), op.set(local));
  }

  /** local ← other + bytes */
  follow(local: number, other: number, bytes = 0): void {
    this.emit(plus(other, bytes), op.set(local));
  }

  advance(local: number, bytes: number): void {
    if (bytes !== 0) this.emit(plus(local, bytes), op.set(local));
  }

  load(address: Code, offset = 0): Code {
    return [this.#check('reads', address, offset, vectorBytes), address, op.v128Load(offset)];
  }

  /** One float in all lanes. */
  splat(address: Code, offset = 0): Code {
    return [this.#check('reads', address, offset, 4), address, op.v128Load32Splat(offset)];
  }

  loadInteger(address: Code, offset = 0): Code {
    return [this.#check('reads', address, offset, 4), address, op.i32Load(offset)];
  }

  /** Writes the first lanes of a local, and nothing behind them. */
  store(address: Code, offset: number, vector: number, count: number = lanes): void {
    const check = this.#check('writes', address, offset, count * 4);
    if (count === lanes) {
      this.emit(check, address, op.get(vector), op.v128Store(offset));
      return;
    }
    this.emit(check);
    if (count >= 2) this.emit(address, op.get(vector), op.v128Store64Lane(offset, 0));
    if (count % 2 === 1) this.emit(address, op.get(vector), op.v128Store32Lane(offset + (count - 1) * 4, count - 1));
  }

  /** a × b + c */
  multiplyAdd(a: Code, b: Code, c: Code): Code {
    return this.machine.relaxed ? [a, b, c, op.f32x4RelaxedMultiplyAdd] : [a, b, op.f32x4Multiply, c, op.f32x4Add];
  }

  copyBytes(to: Code, from: Code, bytes: number): void {
    this.emit(this.#check('reads', from, 0, bytes), this.#check('writes', to, 0, bytes), to, from, op.i32Const(bytes), op.memoryCopy);
  }

  finish(name: string): WasmFunction {
    return { name, parameters: [], result: null, locals: this.#types.map((type) => ({ count: 1, type })), body: this.#body };
  }

  #check(which: keyof typeof checks, address: Code, offset: number, bytes: number): Code {
    return this.machine.checked ? [address, op.i32Const(offset), op.i32Add, op.i32Const(bytes), op.call(checks[which])] : [];
  }
}

/** A local's value plus some bytes. */
export function plus(local: number, bytes: number): Code {
  return bytes === 0 ? op.get(local) : [op.get(local), op.i32Const(bytes), op.i32Add];
}
