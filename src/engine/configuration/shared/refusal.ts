import type { SerializedError } from '../../../errors';
import type { Configuration } from './configuration';

/** A configuration that was tried before the one that runs, and why it does not. */
export interface Refusal {
  readonly configuration: Configuration;
  readonly error: SerializedError;
}
