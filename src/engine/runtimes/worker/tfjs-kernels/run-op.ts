import * as tf from '@tensorflow/tfjs-core';
import { LitescopeError } from '../../../../errors';
import { engine as text } from '../../../../messages/engine';
import { operatorPlace, type Operator, type SubGraph } from '../../../../tflite/format/model';
import { OpCall, type KernelEntry } from './op-call';
import { sameQuantization, toGrid } from './quantization';

/** An operand in the layout that the kernel wants. */
export function laidOut(entry: KernelEntry, position: number, value: tf.Tensor | null): tf.Tensor | null {
  const layout = entry.layouts?.[position];
  return value === null || layout === undefined ? value : layout(value);
}

/** Computes one op inside a tidy: only results and new state are left, each of them owned by the caller. */
export function runOp(subgraph: SubGraph, operator: Operator, entry: KernelEntry, operands: () => (tf.Tensor | null)[]): { results: tf.Tensor[]; state: [number, tf.Tensor][] } {
  const place = operatorPlace(subgraph.index, operator.index, operator.code.name);
  const changed: number[] = [];
  try {
    const { results, state } = tf.tidy(() => {
      const given = operands();
      const call = new OpCall(subgraph, operator, given);
      const returned = entry.run(call);
      const computed = Array.isArray(returned) ? returned as readonly tf.Tensor[] : [returned as tf.Tensor];
      if (computed.length !== operator.outputs.length) return call.refuse(text.kernels.resultCount(computed.length, operator.outputs.length));
      const stored = computed.map((result, position) => {
        const held = call.outputType(position);
        const typed = result.dtype === held ? result : tf.cast(result, held);
        const moved = entry.moves === true && operator.inputs.length > 0 && sameQuantization(call.inputTensor(0), call.output(position));
        const gridded = moved ? typed : toGrid(typed, call.output(position));
        // A result of its own, so that it can be freed apart from the operand.
        return given.includes(gridded) ? tf.clone(gridded) : gridded;
      });
      changed.push(...call.state.keys());
      return { results: stored, state: [...call.state.values()].map((value) => tf.clone(value)) };
    });
    return { results, state: state.map((value, position) => [changed[position] as number, value]) };
  } catch (error) {
    if (error instanceof LitescopeError) throw error;
    throw new LitescopeError('INVOKE_FAILED', error instanceof Error ? error.message : String(error), { place, cause: error });
  }
}
