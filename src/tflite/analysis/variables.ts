import { type Model, type SubGraph, callsOf } from '../format/model';

/**
 * How many variables a subgraph's runs leave for the next one: variable tensors, and resource variables that it assigns. Those
 * that it only reads are constants, which another subgraph fills once.
 */
export function countVariables(model: Model, subgraph: SubGraph): number {
  const inputs = new Set(subgraph.inputs);
  const tensors = subgraph.tensors.filter(({ isVariable, index }) => isVariable && !inputs.has(index)).length;
  return tensors + assigned(model, subgraph, new Set()).size;
}

/** The names of the resource variables that a run writes; those of subgraphs that are called once, before the first run, are not among them. */
function assigned(model: Model, subgraph: SubGraph, seen: Set<number>): Set<string> {
  const found = new Set<string>();
  if (seen.has(subgraph.index)) return found;
  seen.add(subgraph.index);
  const handles = new Map<number, string>();
  for (const operator of subgraph.operators) {
    const { code: { name }, options, inputs: [handle = -1], outputs: [made = -1] } = operator;
    const values = (options?.values ?? {}) as Readonly<Record<string, unknown>>;
    if (name === 'VAR_HANDLE') handles.set(made, JSON.stringify([values['container'] ?? '', values['shared_name'] ?? '']));
    // A handle that came as an argument has no name here: each is one.
    else if (name === 'ASSIGN_VARIABLE') found.add(handles.get(handle) ?? `${subgraph.index} ${handle}`);
    else if (name !== 'CALL_ONCE') {
      for (const called of callsOf(operator)) {
        const other = model.subgraphs[called];
        if (other !== undefined) for (const variable of assigned(model, other, seen)) found.add(variable);
      }
    }
  }
  return found;
}
