import type { TensorPlace, ValuePage, ValueStatistics } from '../../inspect/describe/shared/descriptions';
import type { Inspector } from '../../inspect/page/inspector';
import type { TensorViewer } from '../../inspect/values/page/tensor-viewer';

/** A worker that has a tensor's values, and answers for them. */
export interface ValueSource {
  statistics(): Promise<ValueStatistics>;
  /** From the flat index `first` on. */
  values(first: number, count: number): Promise<ValuePage>;
  npy(): Promise<ArrayBuffer>;
}

/** What the file holds. */
export function constantSource(inspector: Inspector, { subgraph, tensor }: TensorPlace): ValueSource {
  const place = { subgraph, tensor };
  return {
    statistics: () => inspector.remote.statistics(place),
    values: (first, count) => inspector.remote.values({ place, first, count }),
    npy: () => inspector.remote.npy(place),
  };
}

/** What a run computed. */
export function viewedSource(viewer: TensorViewer): ValueSource {
  return {
    statistics: () => Promise.resolve(viewer.overview.statistics),
    values: (first, count) => viewer.remote.values({ first, count }),
    npy: () => viewer.remote.npy(),
  };
}
