import type { TensorPlace } from '../describe/shared/descriptions';

export interface OpPlace {
  readonly subgraph: number;
  readonly op: number;
}

/** Values of a tensor from the flat index `first` on. */
export interface ValueQuestion {
  readonly place: TensorPlace;
  readonly first: number;
  readonly count: number;
}
