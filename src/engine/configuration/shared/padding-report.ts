/** What was done about the unused lanes of packed weights, whose leavings make `litert` slow. */
export interface PaddingReport {
  /** Layers whose packed weights have unused lanes and were found. */
  readonly layers: number;
  /** Those whose unused lanes held anything but zeros, and hold zeros now. */
  readonly cleaned: number;
  /** Denormal floats among what was cleared. */
  readonly denormals: number;
  /** Layers that may have unused lanes and whose packed weights were not found: their speed is down to luck. */
  readonly notFound: number;
}
