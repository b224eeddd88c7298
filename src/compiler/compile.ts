import { LitescopeError } from '../errors';
import { compiler as text } from '../messages/compiler';
import { type Model, tensorPlace } from '../tflite/format/model';
import { assemble, op, type ImportedFunction, type WasmFunction } from './emit/assembler';
import { FunctionWriter, type Machine } from './emit/function-writer';
import { clearMargins } from './kernels/margins';
import type { Packed } from './kernels/kernel';
import { aligned } from './plan/arena';
import { fuse } from './plan/fuse';
import { Graph } from './plan/graph';
import { lower } from './plan/lower/lower';
import { place, type Placement } from './plan/place';
import { printPlan, type PlannedCall } from './plan/print';

export interface CompileOptions {
  /** Which of the model's subgraphs. */
  readonly subgraph?: number;
  /** Whether the module may use relaxed SIMD. */
  readonly relaxed: boolean;
  /** Has the module report each access to memory to `checks.reads(address, bytes)` and `checks.writes(address, bytes)`, which it imports; for tests. */
  readonly checked?: boolean;
}

/** A tensor that is handed over in the module's memory, float32, one element behind the other. */
export interface CompiledTensor {
  /** Index in the subgraph. */
  readonly tensor: number;
  readonly address: number;
  readonly bytes: number;
}

/** A model as a module, and what has to be put into its memory before it runs. */
export interface CompiledModel {
  /**
   * A WebAssembly module without imports that exports its `memory`, `run()` and each call by itself, `call0()`, `call1()`… in
   * their order.
   */
  readonly code: Uint8Array<ArrayBuffer>;
  /** Goes to `constantsAddress` of the memory. All other memory begins as zeros. */
  readonly constants: Uint8Array<ArrayBuffer>;
  readonly constantsAddress: number;
  readonly memoryBytes: number;
  readonly inputs: readonly CompiledTensor[];
  readonly outputs: readonly CompiledTensor[];
  readonly calls: readonly PlannedCall[];
  /** Ops of which nothing is left to do: reshapes, and what is joined where it lies already. */
  readonly elided: readonly number[];
  /** The plan in words, a line a call. */
  readonly plan: string;
  readonly placement: Placement;
}

/** Below it nothing lies: an address of 0 is a mistake. */
const firstAddress = 1024;
const pageBytes = 65536;
/** Addresses are kept positive as 32 bits with a sign. */
const mostBytes = 2 ** 31 - pageBytes;

/**
 * A model as a WebAssembly module of its own: planned, its kernels written for its very shapes, its weights packed as they read them.
 *
 * Takes float32 models of static shapes; float16, sparse and quantized weights of float ops are unfolded.
 *
 * @throws LitescopeError UNSUPPORTED_DTYPE for inputs and outputs of other types, UNSUPPORTED_OP with all ops that have no kernel, INVALID_SHAPE where sizes are known only in runs,
 * OUT_OF_MEMORY beyond 2 GiB, and what damaged constants give
 */
export function compileModel(model: Model, { subgraph: index = 0, relaxed, checked = false }: CompileOptions): CompiledModel {
  const subgraph = model.subgraphs[index];
  if (subgraph === undefined) throw new LitescopeError('INVALID_CONFIGURATION', text.noSubgraph(index));
  for (const edge of [...subgraph.inputs, ...subgraph.outputs]) {
    const tensor = subgraph.tensors[edge];
    if (tensor !== undefined && tensor.dtype !== 'float32') throw new LitescopeError('UNSUPPORTED_DTYPE', text.onlyFloats(tensor.name, tensor.dtype), { place: tensorPlace(index, edge) });
  }
  const graph = new Graph(model, subgraph);
  const steps = lower(graph, fuse(graph));
  const packed = new Map<Packed, number>();
  let free = firstAddress;
  for (const { step } of steps) {
    if (step.kind !== 'kernel') continue;
    for (const numbers of step.kernel.packed) {
      packed.set(numbers, free);
      free = aligned(free + numbers.byteLength);
    }
  }
  const placement = place(graph, steps, subgraph.inputs, subgraph.outputs, free);
  const memoryBytes = free + placement.bytes;
  if (memoryBytes > mostBytes) throw new LitescopeError('OUT_OF_MEMORY', text.tooLarge(Math.ceil(memoryBytes / 2 ** 20)));

  const constantsEnd = [...placement.constants].reduce((end, [tensor, address]) => Math.max(end, address + graph.elements(tensor) * 4), free);
  const constants = new Uint8Array(constantsEnd - firstAddress);
  const put = (numbers: Packed, address: number): void => { constants.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), address - firstAddress); };
  for (const [numbers, address] of packed) put(numbers, address);
  for (const [tensor, address] of placement.constants) put(graph.values(tensor) ?? new Float32Array(0), address);

  const handed = (tensor: number): CompiledTensor => ({ tensor, address: placement.views.get(tensor)?.base ?? 0, bytes: graph.elements(tensor) * 4 });
  const calls = placement.calls.map(({ step, operators }): PlannedCall => ({
    name: step.kernel.name, macs: step.kernel.macs, operators,
    inputs: step.inputs.flatMap((tensor) => placement.views.get(tensor) ?? []), outputs: step.outputs.flatMap((tensor) => placement.views.get(tensor) ?? []),
  }));
  return {
    code: write(placement, packed, { relaxed, checked }, Math.ceil(memoryBytes / pageBytes)),
    constants, constantsAddress: firstAddress, memoryBytes,
    inputs: subgraph.inputs.map(handed),
    outputs: placement.outputs.map((tensor, position) => ({ ...handed(tensor), tensor: subgraph.outputs[position] ?? tensor })),
    calls, elided: steps.flatMap(({ step, operators }) => (step.kind === 'kernel' ? [] : operators)).filter((operator) => !calls.some((call) => call.operators.includes(operator))),
    plan: printPlan(calls), placement,
  };
}

function write(placement: Placement, packed: ReadonlyMap<Packed, number>, machine: Machine, pages: number): Uint8Array<ArrayBuffer> {
  const imports: readonly ImportedFunction[] = machine.checked ? ['reads', 'writes'].map((name) => ({ module: 'checks', name, parameters: ['i32', 'i32'] })) : [];
  const storages = new Map(placement.storages.map((storage) => [storage.root, storage]));
  const functions = placement.calls.map(({ step, clears }, index): WasmFunction => {
    const f = new FunctionWriter(machine);
    for (const root of clears) {
      const storage = storages.get(root);
      if (storage !== undefined) clearMargins(f, storage.shape, storage.layout, storage.address);
    }
    const views = (tensors: readonly number[]) => tensors.flatMap((tensor) => placement.views.get(tensor) ?? []);
    step.kernel.write(f, { inputs: views(step.inputs), outputs: views(step.outputs), packed: step.kernel.packed.map((numbers) => packed.get(numbers) ?? 0) });
    return f.finish(`call${index}`);
  });
  const run: WasmFunction = { name: 'run', parameters: [], result: null, locals: [], body: functions.map((_, index) => op.call(imports.length + index)) };
  return assemble([...functions, run], pages, imports);
}
