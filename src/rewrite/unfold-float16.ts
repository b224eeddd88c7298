import { halfValues } from '../tensor/half';
import { addBuffer, changeSubgraph, removeTensors, replaceBuffer, setOperators } from '../tflite/format/edit';
import type { Model, Operator, SubGraph } from '../tflite/format/model';

/** A model whose float16 constants are float32, and how many of them there are. */
export interface Unfolded {
  readonly model: Model;
  readonly constants: number;
}

/**
 * Float16 weights as float32 weights: constants that a DEQUANTIZE unfolds when a runtime loads the model (sparse ones
 * through a DENSIFY before it) are stored unfolded, and the DEQUANTIZE goes. Every value stays exactly what it was, so
 * the model computes the same; it is larger by the width of its weights and loads without converting them.
 *
 * A float16 constant stays as it is where an op reads it that is no DEQUANTIZE, where it or what is made of it is an
 * input or output of its subgraph, and where its data lie in another file.
 */
export function unfoldFloat16(model: Model): Unfolded {
  const plans = model.subgraphs.map((subgraph) => planOf(model, subgraph));
  const constants = plans.reduce((sum, { constants: found }) => sum + found.size, 0);
  if (constants === 0) return { model, constants };
  const uses = new Map<number, number>();
  for (const { tensors } of model.subgraphs) for (const { buffer } of tensors) uses.set(buffer, (uses.get(buffer) ?? 0) + 1);
  let unfolded = model;
  for (const [buffer, places] of constantsByBuffer(plans)) {
    const data = widened(model.buffers[buffer]?.data ?? new Uint8Array(0));
    // A tensor that stays float16 may share the buffer.
    const alone = places.length === (uses.get(buffer) ?? 0) && !isMetadata(model, buffer);
    const added = alone ? { whole: replaceBuffer(unfolded, buffer, data), index: buffer } : addBuffer(unfolded, data);
    unfolded = added.whole;
    for (const { plan, tensor } of places) plan.buffers.set(tensor, added.index);
  }
  for (const plan of plans) unfolded = applyPlan(unfolded, plan);
  return { model: unfolded, constants };
}

/** What becomes of one subgraph. */
interface Plan {
  readonly subgraph: SubGraph;
  /** Tensors that turn float32: constants, and what a DENSIFY makes of them. */
  readonly widened: ReadonlySet<number>;
  /** Those among them that hold data. */
  readonly constants: ReadonlySet<number>;
  /** The output of each DEQUANTIZE that goes, with the tensor that stands for it. */
  readonly replaced: ReadonlyMap<number, number>;
  readonly buffers: Map<number, number>;
}

function planOf(model: Model, subgraph: SubGraph): Plan {
  const edges = new Set([...subgraph.inputs, ...subgraph.outputs]);
  const readers = new Map<number, Operator[]>();
  for (const operator of subgraph.operators) {
    for (const input of new Set(operator.inputs)) readers.set(input, [...readers.get(input) ?? [], operator]);
  }
  const widened = new Set<number>();
  const constants = new Set<number>();
  const replaced = new Map<number, number>();

  const isHalf = (index: number): boolean => {
    const tensor = subgraph.tensors[index];
    return tensor?.dtype === 'float16' && !tensor.isVariable && tensor.externalBuffer === 0 && !edges.has(index);
  };
  /** The tensors that turn float32 with this one, and the DEQUANTIZEs that go; null where some reader needs float16. */
  const follow = (index: number, dense: boolean): { halves: number[]; dequantized: [number, number][] } | null => {
    if (!isHalf(index)) return null;
    const halves = [index];
    const dequantized: [number, number][] = [];
    for (const { code, inputs, outputs: [output = -1] } of readers.get(index) ?? []) {
      if (code.name === 'DEQUANTIZE' && inputs[0] === index && subgraph.tensors[output]?.dtype === 'float32' && !edges.has(output)) {
        dequantized.push([output, index]);
      } else if (code.name === 'DENSIFY' && inputs[0] === index && !dense) {
        const spread = follow(output, true);
        if (spread === null) return null;
        halves.push(...spread.halves);
        dequantized.push(...spread.dequantized);
      } else {
        return null;
      }
    }
    // What nobody unfolds is nobody's weights.
    return dequantized.length === 0 ? null : { halves, dequantized };
  };

  for (const { index, buffer } of subgraph.tensors) {
    if ((model.buffers[buffer]?.data.length ?? 0) === 0) continue;
    const found = follow(index, false);
    if (found === null) continue;
    constants.add(index);
    for (const half of found.halves) widened.add(half);
    for (const [output, half] of found.dequantized) replaced.set(output, half);
  }
  return { subgraph, widened, constants, replaced, buffers: new Map() };
}

function constantsByBuffer(plans: readonly Plan[]): Map<number, { plan: Plan; tensor: number }[]> {
  const byBuffer = new Map<number, { plan: Plan; tensor: number }[]>();
  for (const plan of plans) {
    for (const tensor of plan.constants) {
      const buffer = plan.subgraph.tensors[tensor]?.buffer ?? 0;
      const places = byBuffer.get(buffer);
      if (places === undefined) byBuffer.set(buffer, [{ plan, tensor }]);
      else places.push({ plan, tensor });
    }
  }
  return byBuffer;
}

function isMetadata(model: Model, buffer: number): boolean {
  return model.metadata.some((entry) => entry.buffer === buffer) || model.legacyMetadata.includes(buffer);
}

function applyPlan(model: Model, plan: Plan): Model {
  const { subgraph, widened, buffers, replaced } = plan;
  if (widened.size === 0) return model;
  const tensors = subgraph.tensors.map((tensor) => (widened.has(tensor.index) ? { ...tensor, dtype: 'float32' as const, buffer: buffers.get(tensor.index) ?? tensor.buffer } : tensor));
  const operators = subgraph.operators
    .filter(({ code, outputs: [output = -1] }) => !(code.name === 'DEQUANTIZE' && replaced.has(output)))
    .map((operator) => ({ ...operator, inputs: operator.inputs.map((input) => replaced.get(input) ?? input) }));
  const changed = changeSubgraph(model, subgraph.index, () => setOperators(model, { ...subgraph, tensors }, operators));
  return removeTensors(changed, subgraph.index, new Set(replaced.keys()));
}

/** Little-endian float16 as float32. */
function widened(data: Uint8Array): Uint8Array {
  // A copy, because a view of 16-bit elements must start at an even address.
  const halves = new Uint16Array(data.slice(0, data.length & ~1).buffer);
  return new Uint8Array(halfValues(halves).buffer);
}
