import { counted } from './counted';

/** What is in a model that is open: its edges, ops, weights and notes. */
export const openedModel = {
  model: 'Model',
  moreNotes: (notes: number) => counted(notes, 'more note'),
  contents: (ops: number, hasMetadata: boolean) => `What is in the model: ${counted(ops, 'op')} by kind, weights, largest tensors${hasMetadata ? ', metadata' : ''}`,
  noName: 'no name',
  inputs: (count: number) => (count === 1 ? 'Input' : 'Inputs'),
  outputs: (count: number) => (count === 1 ? 'Output' : 'Outputs'),
  none: 'None',
  opsByKind: 'Ops by kind',
  kindsAndOps: (kinds: number, ops: number) => `${counted(kinds, 'kind')}, ${counted(ops, 'op')}`,
  op: 'Op',
  count: 'Count',
  weights: 'Weights',
  custom: 'custom',
  fewer: 'Fewer',
  allKinds: (kinds: number) => `All ${kinds} kinds`,
  opVersion: (version: number, place: string) => `version ${version}, first at ${place}`,
  also: (one: string, other: string) => `${one}; ${other}`,
  weightsByPrecision: 'Weights by precision',
  type: 'Type',
  tensors: 'Tensors',
  elements: 'Elements',
  size: 'Size',
};
