import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { type CalibratedTensor, TensorCalibration } from '../../../quantize/calibration';
import { viewOf } from '../../../tensor/values';
import type { RuntimeTensor } from '../../../engine/runtimes/worker/runtime';

/** Keeps count of what a model's outputs held, run by run, without keeping the values. */
export class Observer {
  readonly #tensors: readonly { readonly tensor: RuntimeTensor; readonly calibration: TensorCalibration }[];

  /** @throws LitescopeError UNSUPPORTED_DTYPE for a tensor that is not float32 */
  constructor(tensors: readonly RuntimeTensor[]) {
    this.#tensors = tensors.map((tensor) => {
      if (tensor.dtype !== 'float32') throw new LitescopeError('UNSUPPORTED_DTYPE', text.onlyFloatHasRange(tensor.name, tensor.dtype));
      return { tensor, calibration: new TensorCalibration(tensor.shape.at(-1) ?? 1) };
    });
  }

  /** After a run: reads the runtime's own memory. */
  add(): void {
    for (const { tensor, calibration } of this.#tensors) {
      const bytes = tensor.data();
      calibration.add(viewOf('float32', bytes.buffer, bytes.byteOffset, bytes.byteLength / 4));
    }
  }

  /** In the order of the tensors. */
  result(): readonly CalibratedTensor[] {
    return this.#tensors.map(({ calibration }) => calibration.result());
  }
}
