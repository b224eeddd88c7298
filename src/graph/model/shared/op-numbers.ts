import { type CostName, type GraphModel, costNames } from '../shared/types';
import { graph as text } from '../../../messages/graph';

/** Colours given with the data, each as `#rrggbb`. An op's own goes before the gradient, which goes before the thresholds. */
export interface GivenColours {
  /** A value takes the first threshold that is not below it; above all of them it has no colour. */
  readonly thresholds?: readonly { readonly value: number; readonly colour: string }[];
  /** Stops from 0, the least value, to 1, the greatest. */
  readonly gradient?: readonly { readonly stop: number; readonly colour: string }[];
  /** By subgraph, then by op. */
  readonly own?: ReadonlyMap<number, ReadonlyMap<number, string>>;
}

/** A number for each of a model's ops: what a graph can be coloured by and what is exported for other tools. */
export interface OpNumbers {
  /** Tells the sets of one model apart; a set replaces an earlier one of the same id. */
  readonly id: string;
  /** As a legend says it, without the unit: `MACs`, `Time`. */
  readonly title: string;
  /** `ms`, `B`; empty for counts and plain numbers. */
  readonly unit: string;
  /** What stands for several ops that are drawn as one: times add up, of errors the largest counts. */
  readonly combine: 'sum' | 'largest';
  /** By subgraph, then by op. */
  readonly values: ReadonlyMap<number, ReadonlyMap<number, number>>;
  /** Colours that come with the numbers; without any the page's own are used. */
  readonly colours: GivenColours;
}

const units: Readonly<Record<CostName, string>> = { macs: '', weightBytes: 'B', activationBytes: 'B' };

/** What every model can be coloured by, computed from the file alone. The ids are the costs' names. */
export function costNumbers({ graphs }: GraphModel): readonly OpNumbers[] {
  return costNames.map((name) => ({
    id: name, title: text.costs[name], unit: units[name], combine: 'sum', colours: {},
    values: new Map(graphs.map((graph) => [graph.index, new Map(graph.ops.map(({ index, values }) => [index, values[name]]))])),
  }));
}
