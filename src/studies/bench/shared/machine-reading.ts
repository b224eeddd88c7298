export interface MachineReading {
  /** One round of fixed arithmetic, median of many. */
  readonly round_ms: number;
  /** Smallest step of the clock that was seen. */
  readonly timer_step_ms: number;
}
