import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { isValueDType, type ValueDType } from '../../../tensor/dtype';
import type { SignatureTensor } from '../../../tflite/analysis/summary';

/**
 * The type of a tensor at a signature's edge, if values of it can be fed in and read out.
 * @throws LitescopeError UNSUPPORTED_DTYPE
 */
export function requireValueDtype({ name, dtype }: Pick<SignatureTensor, 'name' | 'dtype'>): ValueDType {
  if (isValueDType(dtype)) return dtype;
  throw new LitescopeError('UNSUPPORTED_DTYPE', text.tensorType(name, dtype));
}
