import { realValues } from '../../../tensor/values';
import { rescalePlacement } from '../../frames/shared/placement';
import type { Evidence, OutputTensor, Placement } from '../../shared/types';
import { checkLabels } from './labels';
import { mapSize, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';

/** Class numbers are stored in 16 bits. */
const mostClasses = 65536;

/** Rows, columns and classes of [1, h, w, classes]; null for any other shape. */
function scoreMapSize([batch, height, width, classes, ...more]: readonly number[]): { readonly height: number; readonly width: number; readonly classes: number } | null {
  if (batch !== 1 || height === undefined || width === undefined || classes === undefined || more.length > 0) return null;
  return height < 1 || width < 1 || classes < 2 || classes > mostClasses ? null : { height, width, classes };
}

function readIds(tensor: OutputTensor): Uint16Array<ArrayBuffer> | null {
  const values = realValues(tensor);
  const ids = new Uint16Array(values.length);
  for (let index = 0; index < values.length; index++) {
    ids[index] = values[index] as number;
    // Fractions, negative and larger numbers, and what is no number, all come back as something else.
    if (ids[index] !== values[index]) return null;
  }
  return ids;
}

/**
 * Segmentation maps: a score for each pixel and class, [1, h, w, classes], as logits or probabilities, or the winning
 * classes themselves, [1, h, w, 1], [1, h, w] or [h, w], whole numbers of any type. With several maps the one is taken
 * that has as many classes as there are labels, else the first.
 *
 * @param labels one for each class
 * @throws LitescopeError UNSUPPORTED_DECODER when no output is such a map; INVALID_LABELS when there are more or fewer
 *   labels than classes
 */
export function readSegmentation(outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): Evidence {
  const maps = outputs.filter(({ shape }) => scoreMapSize(shape) !== null);
  const tensor = maps.find(({ shape }) => shape[3] === labels?.length) ?? maps[0];
  const size = tensor === undefined ? null : scoreMapSize(tensor.shape);
  if (tensor !== undefined && size !== null) {
    checkLabels(labels, size.classes);
    return { kind: 'map-scores', scores: realValues(tensor), ...size, placement: rescalePlacement(placement, size.width, size.height), labels };
  }
  for (const output of outputs) {
    const idSize = mapSize(output.shape);
    const ids = idSize === null ? null : readIds(output);
    if (idSize !== null && ids !== null) return { kind: 'map-ids', ids, ...idSize, placement: rescalePlacement(placement, idSize.width, idSize.height), labels };
  }
  throw unsupportedDecoder(text.expected.classMap, outputs);
}
