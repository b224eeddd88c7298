import type { Inputs } from '../../api';

interface SetUp {
  readonly model: { readonly id: string };
  readonly inputs: { readonly sources: Inputs };
}

/**
 * What each model is set up with: inputs of several may have one name and be of another type, or chosen otherwise.
 * @throws LitescopeError INVALID_INPUT when an input has no values yet
 */
export function inputsByModel(works: readonly SetUp[]): ReadonlyMap<string, Inputs> {
  return new Map(works.map(({ model, inputs }) => [model.id, inputs.sources]));
}
