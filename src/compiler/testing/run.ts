import type { Model } from '../../tflite/format/model';
import { compileModel, type CompiledModel } from '../compile';
import { slackBytes, type View } from '../kernels/layout';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly run: () => void;
}

/** A compiled model with its memory. */
export class Instance {
  readonly compiled: CompiledModel;
  readonly exports: Exports & Readonly<Record<string, () => void>>;

  constructor(compiled: CompiledModel, imports: WebAssembly.Imports = {}) {
    if (!WebAssembly.validate(compiled.code)) throw new Error('the module is not valid');
    this.compiled = compiled;
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(compiled.code), imports).exports as unknown as Instance['exports'];
    new Uint8Array(this.exports.memory.buffer).set(compiled.constants, compiled.constantsAddress);
  }

  get floats(): Float32Array {
    return new Float32Array(this.exports.memory.buffer);
  }

  run(inputs: readonly ArrayLike<number>[]): Float32Array[] {
    this.compiled.inputs.forEach(({ address }, position) => { this.floats.set(inputs[position] ?? [], address / 4); });
    this.exports.run();
    return this.compiled.outputs.map(({ address, bytes }) => this.floats.slice(address / 4, (address + bytes) / 4));
  }
}

/**
 * Runs a model by a module that reports every access: each call may read what it is given (and the slack behind it) and its
 * constants, and write its outputs' elements and the room behind their channels. What nobody wrote holds NaN, so that a result
 * which depends on it is none.
 *
 * @throws Error with the call and the address of the first access beyond that
 */
export function runChecked(model: Model, inputs: readonly ArrayLike<number>[], relaxed = false): Float32Array[] {
  const compiled = compileModel(model, { relaxed, checked: true });
  const { placement: { calls, views, roots, storages } } = compiled;
  let current = 0;
  const constantsEnd = compiled.constantsAddress + compiled.constants.byteLength;
  const fail = (what: string, address: number, bytes: number): never => { throw new Error(`call ${current} (${compiled.plan.split('\n')[current]}) ${what} ${bytes} bytes at ${address}`); };
  const viewsOf = (tensors: readonly number[]): View[] => tensors.flatMap((tensor) => views.get(tensor) ?? []);
  const reads = (address: number, bytes: number): void => {
    if (address >= compiled.constantsAddress && address + bytes <= constantsEnd + slackBytes) return;
    const { step } = calls[current] ?? { step: { inputs: [], outputs: [] } };
    const allowed = [...step.inputs, ...step.outputs].some((tensor) => {
      const storage = storages.find(({ root }) => root === roots.get(tensor));
      return storage !== undefined && address >= storage.address && address + bytes <= storage.address + storage.layout.bytes + slackBytes;
    });
    if (!allowed) fail('reads', address, bytes);
  };
  const writes = (address: number, bytes: number): void => {
    const { step } = calls[current] ?? { step: { outputs: [] } };
    for (let float = address; float < address + bytes; float += 4) if (!viewsOf(step.outputs).some((view) => owns(view, float))) fail('writes', address, bytes);
  };
  const instance = new Instance(compiled, { checks: { reads, writes } });
  const { floats } = instance;
  floats.fill(NaN, Math.ceil(constantsEnd / 4));
  for (const { address, layout, margins } of storages) if (Object.values(margins).some((size) => size > 0) && !calls.some(({ clears }) => clears.some((root) => storages.find((each) => each.root === root)?.address === address))) floats.fill(0, address / 4, (address + layout.bytes) / 4);
  compiled.inputs.forEach(({ address }, position) => { floats.set(inputs[position] ?? [], address / 4); });
  calls.forEach((_, index) => {
    current = index;
    instance.exports[`call${index}`]?.();
  });
  return compiled.outputs.map(({ address, bytes }) => floats.slice(address / 4, (address + bytes) / 4));
}

/** Whether a float at an address is one of a view's elements, or in the room behind their channels. */
function owns({ shape, strides, base, room }: View, address: number): boolean {
  let rest = address - base;
  if (rest < 0) return false;
  const order = [0, 1, 2].sort((one, other) => (strides[other] ?? 0) - (strides[one] ?? 0));
  for (const axis of order) {
    const [stride, size] = [strides[axis] ?? 0, shape[axis] ?? 1];
    const place = Math.min(size - 1, Math.floor(rest / stride));
    rest -= place * stride;
  }
  return rest >= 0 && rest < room * 4;
}

/** The largest difference between two lists of numbers as a part of the second's range (at least of its greatest value). @param leastRange for those that are small by chance */
export function errorOf(actual: ArrayLike<number>, expected: ArrayLike<number>, leastRange = 0): number {
  let [difference, low, high] = [0, 0, 0];
  for (let index = 0; index < expected.length; index++) {
    const value = expected[index] ?? NaN;
    const own = Math.abs((actual[index] ?? NaN) - value);
    if (Number.isNaN(own) && !(Number.isNaN(value) && Number.isNaN(actual[index]))) return Infinity;
    difference = Math.max(difference, own);
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (actual.length !== expected.length) return Infinity;
  return difference === 0 ? 0 : difference / Math.max(high - low, leastRange);
}
