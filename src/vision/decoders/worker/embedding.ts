import { elementCount } from '../../../tensor/dtype';
import { realValues } from '../../../tensor/values';
import type { DecodedAs, OutputTensor } from '../../shared/types';
import { lengthOf } from '../../shared/vectors';
import { unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

/**
 * A vector that stands for its input: pictures that are alike have vectors of a like direction. One output with at most
 * one dimension larger than 1; of several the one that is called so, else the first.
 *
 * @returns the values as they are, whether the model has brought them to a length of 1 or not
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is a vector
 */
export function decodeEmbedding(outputs: readonly OutputTensor[]): DecodedAs<'embedding'> {
  const vectors = outputs.filter(({ shape }) => elementCount(shape) > 1 && shape.filter((size) => size !== 1).length === 1);
  const tensor = vectors.find(({ name }) => /embed|feature/i.test(name)) ?? vectors[0];
  if (tensor === undefined) throw unsupportedDecoder(text.expected.embedding, outputs);
  const values = Float32Array.from(realValues(tensor));
  return { kind: 'embedding', values, length: lengthOf(values) };
}
