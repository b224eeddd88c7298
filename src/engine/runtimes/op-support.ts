import type { Configuration } from '../protocol';
import type { ModelSummary } from '../../tflite/summary';
import { LitescopeError } from '../../errors';

/** PLACEHOLDER until measured */
export function assertOpsSupported(_configuration: Configuration, _summary: ModelSummary): void {
  void LitescopeError;
}
