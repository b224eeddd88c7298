/** Types only: what crosses the boundary between the page and the worker that shows one tensor of a run. */
import type { Result } from '../../../threads/shared/result';
import type { ValueTensor } from '../../../tensor/values';
import type { ChannelForm, GreyRange } from '../worker/channels';
import type { ValuePage, ValueStatistics } from '../../describe/shared/descriptions';

/** What is known of a tensor as soon as it is there. */
export interface TensorOverview {
  readonly statistics: ValueStatistics;
  /** How it is drawn; null for what has no two dimensions to be drawn along. */
  readonly form: ChannelForm | null;
}

export interface ChannelQuestion {
  readonly batch: number;
  readonly first: number;
  readonly count: number;
  /** One range of grey for the whole tensor, or for each channel its own. */
  readonly range: 'tensor' | 'channel';
}

export interface DrawnChannel {
  readonly channel: number;
  /** Least and greatest finite value; null where it has none. */
  readonly values: GreyRange | null;
  /** Moved to the page. */
  readonly bitmap: ImageBitmap;
}

/** The worker's side: one tensor, moved in once. */
export interface ViewerWorker {
  /** The tensor's data are moved to the worker. */
  open(tensor: ValueTensor): Promise<Result<TensorOverview>>;
  values(first: number, count: number): Promise<Result<ValuePage>>;
  /** A `.npy` file of the values as stored; moved to the page. */
  npy(): Promise<Result<ArrayBuffer>>;
  /** Channels from `first` on, as many as there are of `count`. */
  channels(question: ChannelQuestion): Promise<Result<readonly DrawnChannel[]>>;
  /** Nothing here stops half way: a worker that is too long at it is ended. */
  cancel(): void;
}
