import { LitescopeError } from '../../../errors';
import { elementCount } from '../../../tensor/dtype';
import { callsOf } from '../../analysis/liveness';
import { type Model, type Operator, type SubGraph, type Tensor, isConstant, operatorPlace } from '../model';

/**
 * Checks that ops can run in the order in which the file lists them, and that subgraphs call each other without
 * coming back to where they started.
 *
 * @throws LitescopeError CORRUPTED with the place
 */
export function verifyGraph(model: Model): void {
  const calls = model.subgraphs.map((subgraph) => {
    verifyOrder(model, subgraph);
    return subgraph.operators.flatMap((operator) => verifyCalls(model, subgraph, operator));
  });
  verifyRecursion(calls);
}

function verifyOrder(model: Model, subgraph: SubGraph): void {
  const available = new Set(subgraph.inputs);
  for (const tensor of subgraph.tensors) if (needsNoProducer(model, tensor)) available.add(tensor.index);
  const producers = new Map<number, number>();
  for (const operator of subgraph.operators) for (const output of operator.outputs) producers.set(output, operator.index);

  for (const operator of subgraph.operators) {
    const place = operatorPlace(subgraph.index, operator.index, operator.code.name);
    const fail = (details: string, where: string): never => {
      throw new LitescopeError('CORRUPTED', details, { place: `${place}, ${where}` });
    };
    for (const [position, tensor] of operator.inputs.entries()) {
      if (tensor === -1) continue;
      if (subgraph.tensors[tensor] === undefined) fail(`tensor ${tensor} of ${subgraph.tensors.length}`, `input ${position}`);
      if (available.has(tensor) || operator.mutatingVariableInputs[position] === true) continue;
      const producer = producers.get(tensor);
      if (producer === undefined) fail(`nothing produces tensor ${tensor}`, `input ${position}`);
      else if (producer === operator.index) fail(`the op consumes its own output, tensor ${tensor}`, `input ${position}`);
      else fail(`tensor ${tensor} is produced later, by op ${producer}`, `input ${position}`);
    }
    for (const [position, tensor] of operator.outputs.entries()) {
      // Some ops leave outputs out, as they do optional inputs.
      if (tensor === -1) continue;
      if (subgraph.tensors[tensor] === undefined) fail(`tensor ${tensor} of ${subgraph.tensors.length}`, `output ${position}`);
      available.add(tensor);
    }
    for (const [position, tensor] of operator.intermediates.entries()) {
      if (tensor !== -1 && subgraph.tensors[tensor] === undefined) fail(`tensor ${tensor} of ${subgraph.tensors.length}`, `intermediate ${position}`);
    }
  }
  for (const [position, tensor] of subgraph.outputs.entries()) {
    if (!available.has(tensor)) {
      throw new LitescopeError('CORRUPTED', `nothing produces tensor ${tensor}`, { place: `subgraph ${subgraph.index}, output ${position}` });
    }
  }
}

function needsNoProducer(model: Model, tensor: Tensor): boolean {
  return isConstant(model, tensor)
    || tensor.isVariable
    // A constant without elements (the axes of a reduction over none) has no bytes either.
    || elementCount(tensor.shape) === 0
    // The values of such tensors may live with the delegate that understands them.
    || (tensor.quantization?.details ?? null) !== null;
}

/** The subgraphs that an op calls, checked to exist. */
function verifyCalls(model: Model, subgraph: SubGraph, operator: Operator): readonly number[] {
  const called = callsOf(operator);
  for (const index of called) {
    if (model.subgraphs[index] !== undefined) continue;
    const place = operatorPlace(subgraph.index, operator.index, operator.code.name);
    throw new LitescopeError('CORRUPTED', `the op calls subgraph ${index} of ${model.subgraphs.length}`, { place });
  }
  return called;
}

/** Takes away the subgraphs that only call such as are gone already; what remains is a circle. */
function verifyRecursion(calls: readonly (readonly number[])[]): void {
  const callers = calls.map((): number[] => []);
  const open = calls.map((called, caller) => {
    const distinct = new Set(called);
    for (const index of distinct) callers[index]?.push(caller);
    return distinct.size;
  });
  const closed = open.flatMap((count, index) => (count === 0 ? [index] : []));
  for (const index of closed) {
    for (const caller of callers[index] ?? []) {
      const left = (open[caller] ?? 0) - 1;
      open[caller] = left;
      if (left === 0) closed.push(caller);
    }
  }
  const circle = open.findIndex((count) => count > 0);
  if (circle !== -1) throw new LitescopeError('CORRUPTED', 'subgraphs call each other in a circle', { place: `subgraph ${circle}` });
}
