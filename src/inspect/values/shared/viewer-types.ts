import type { ChannelForm, GreyRange } from './channel-types';
import type { ValueStatistics } from '../../describe/shared/descriptions';

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
