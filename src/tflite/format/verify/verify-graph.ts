import { LitescopeError } from '../../../errors';
import { tfliteFormat as text } from '../../../messages/tflite-format';
import { tflitePlaces as places } from '../../../messages/tflite-places';
import { elementCount } from '../../../tensor/dtype';
import { type Model, type Operator, type SubGraph, type Tensor, callsOf, isConstant, operatorPlace } from '../model';
import type { Notes } from '../notes';
import { builtinOptions } from '../schema/options';
import { builtinOptions2 } from '../schema/stablehlo';

/**
 * Checks that ops can run in the order in which the file lists them, and that subgraphs call each other without
 * coming back to where they started.
 *
 * @throws LitescopeError CORRUPTED with the place for subgraphs that call each other in a circle: nothing that follows calls would end
 */
export function verifyGraph(model: Model, notes: Notes): void {
  const calls = model.subgraphs.map((subgraph) => {
    verifyOrder(model, subgraph, notes);
    return subgraph.operators.flatMap((operator) => {
      verifySettings(model, subgraph, operator, notes);
      return verifyCalls(model, subgraph, operator, notes);
    });
  });
  verifyRecursion(calls);
}

function verifyOrder(model: Model, subgraph: SubGraph, notes: Notes): void {
  const available = new Set(subgraph.inputs);
  for (const tensor of subgraph.tensors) if (needsNoProducer(model, tensor)) available.add(tensor.index);
  const producers = new Map<number, number>();
  for (const operator of subgraph.operators) for (const output of operator.outputs) producers.set(output, operator.index);

  for (const operator of subgraph.operators) {
    const place = operatorPlace(subgraph.index, operator.index, operator.code.name);
    const exists = (tensor: number, where: string): boolean => {
      if (subgraph.tensors[tensor] !== undefined) return true;
      notes.add('MISSING_TENSOR', where, text.refersToTensor(tensor, subgraph.tensors.length));
      return false;
    };
    for (const [position, tensor] of operator.inputs.entries()) {
      const where = places.input(place, position);
      if (tensor === -1 || !exists(tensor, where) || available.has(tensor) || operator.mutatingVariableInputs[position] === true) continue;
      const producer = producers.get(tensor);
      // Runtimes let RESHAPE do without: its settings hold the shape as well.
      if (producer === undefined) notes.add(operator.code.name === 'RESHAPE' && position === 1 ? 'UNSTATED_SHAPE' : 'NO_PRODUCER', where, text.nothingProduces(tensor));
      else notes.add('WRONG_ORDER', where, producer === operator.index ? text.consumesItsOwn(tensor) : text.producedLater(tensor, producer));
    }
    for (const [position, tensor] of operator.outputs.entries()) {
      // Some ops leave outputs out, as they do optional inputs.
      if (tensor !== -1 && exists(tensor, places.output(place, position))) available.add(tensor);
    }
    for (const [position, tensor] of operator.intermediates.entries()) if (tensor !== -1) exists(tensor, places.intermediate(place, position));
  }
  for (const [position, tensor] of subgraph.outputs.entries()) {
    if (!available.has(tensor) && subgraph.tensors[tensor] !== undefined) notes.add('NO_PRODUCER', places.output(places.subgraph(subgraph.index), position), text.nothingProduces(tensor));
  }
}

const optionTableCounts = { BuiltinOptions: Object.keys(builtinOptions).length, BuiltinOptions2: Object.keys(builtinOptions2).length } as const;

/** An op code that the file does not list, and settings of a known table that could not be read. A newer table is no contradiction. */
function verifySettings(model: Model, subgraph: SubGraph, operator: Operator, notes: Notes): void {
  const place = operatorPlace(subgraph.index, operator.index, operator.code.name);
  if (model.operatorCodes[operator.opcodeIndex] === undefined) {
    notes.add('UNKNOWN_OP_CODE', place, text.refersToOperatorCode(operator.opcodeIndex, model.operatorCodes.length));
  }
  for (const options of [operator.options, operator.secondOptions ?? null]) {
    if (options?.table !== 'unknown' || options.values.member > optionTableCounts[options.values.union]) continue;
    notes.add('UNKNOWN_SETTING', place, text.unknownSetting);
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

/** The subgraphs that an op calls and that exist. */
function verifyCalls(model: Model, subgraph: SubGraph, operator: Operator, notes: Notes): readonly number[] {
  return callsOf(operator).filter((index) => {
    if (model.subgraphs[index] !== undefined) return true;
    notes.add('MISSING_SUBGRAPH', operatorPlace(subgraph.index, operator.index, operator.code.name), text.callsSubgraph(index, model.subgraphs.length));
    return false;
  });
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
  if (circle !== -1) throw new LitescopeError('CORRUPTED', text.circle, { place: places.subgraph(circle) });
}
