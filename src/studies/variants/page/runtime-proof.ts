/** Types only: what a variant must reach, and what running it on one runtime gave. */
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { SerializedError } from '../../../errors';
import type { RatioEstimate } from '../../../stats/bootstrap';
import type { ComparedTask, OutputError } from '../shared/protocol';

export interface Acceptance {
  /** The signal to noise ratio in dB that every output must reach on every runtime that runs the variant, or it is wrong. */
  readonly least_sqnr_db: number;
  /** From which ratio on an output is usable, and from which good, where no task tells more. */
  readonly usable_sqnr_db: number;
  readonly good_sqnr_db: number;
  /** The mean squared error above which an output is flagged; no ground for refusal, because it depends on units. */
  readonly flag_mse: number;
}

export interface RuntimeProof {
  readonly runtime: RuntimeName;
  /** Why the variant does not run here. */
  readonly error: SerializedError | null;
  /** What ran the original: the runtime that was asked for, else this one, or another where this one refuses it. */
  readonly reference: RuntimeName | null;
  /** Whether this runtime runs the original but not the variant. */
  readonly lost: boolean;
  readonly outputs: readonly (OutputError & { readonly flagged: boolean })[];
  /** Over the inputs that are not made up. */
  readonly task: ComparedTask;
  /** Medians of runs taken in turn, one thread; null for an original that does not run here, and for the whole of which a part was cut. */
  readonly before_ms: number | null;
  readonly after_ms: number | null;
  /** The variant's time over the original's in the same turn, with an interval of 95 %; null where `before_ms` is, and where the browser's clock is too coarse. */
  readonly time_ratio: RatioEstimate | null;
}
