import { elementCount } from '../../../tensor/dtype';

/** What speech models of TensorFlow call the number beside the samples: DecodeWav's second output, or a word. */
const rateNames = /rate|hz|freq|decoded_sample_data:1/i;

/** Whether an input is a lone number that asks for the sample rate, where another one takes sound. */
export function asksForRate({ name, shape }: { readonly name: string; readonly shape: readonly number[] }): boolean {
  return elementCount(shape) === 1 && rateNames.test(name);
}
