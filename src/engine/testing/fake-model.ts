import type { LoadedModel, RuntimeTensor } from '../runtimes/worker/runtime';

/** A tensor of bytes over memory that a test holds. */
export function bytesTensor(name: string, memory: Uint8Array): RuntimeTensor {
  return { name, dtype: 'uint8', shape: [memory.length], data: () => memory };
}

export interface FakeModel extends LoadedModel {
  /** What the outputs were filled with before each run. */
  readonly poisons: readonly number[];
  runs(): number;
}

/**
 * A loaded model that runs a function.
 * @param constant outputs that the runtime does not let us overwrite
 */
export function fakeModel(
  outputs: readonly RuntimeTensor[],
  run: (attempt: number) => void | Promise<void>,
  constant: readonly RuntimeTensor[] = [],
): FakeModel {
  const poisons: number[] = [];
  let runs = 0;
  return {
    poisons,
    runs: () => runs,
    configuration: { runtime: 'litert', accelerator: 'wasm', threads: 1, variant: 'fake', version: '0', fullyAccelerated: null },
    inputs: [],
    outputs,
    init_ms: 0,
    invoke: () => run(runs++),
    release: () => undefined,
    poisonOutputs(byte) {
      poisons.push(byte);
      const own = outputs.filter((output) => !constant.includes(output));
      for (const output of own) output.data().fill(byte);
      return own;
    },
    memoryBytes: () => 0,
  };
}
