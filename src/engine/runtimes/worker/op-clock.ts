import type { OpFate, OpProfile } from '../../../report/op-profile';

/** What one op of the model took since its session began. */
export interface OpTotal {
  readonly fate: OpFate;
  readonly total_ms: number;
  /** How often it ran in one run. */
  readonly times_called: number;
  /** False where the runtime's fast kernels left the op to others; null where nobody says. */
  readonly accelerated: boolean | null;
  readonly kernel: string | null;
}

/** Times the ops of a session that was loaded for it; such a session is a little slower than others. */
export interface OpClock {
  readonly method: Extract<OpProfile['method'], 'profiler' | 'kernels'>;
  /** The runs that its memory has room for. */
  readonly maximumRuns: number;
  /**
   * All ops of the subgraph that runs, in order.
   * @param runs how many there were since the session began
   */
  read(runs: number): readonly OpTotal[];
}
