import { realValues } from '../../../tensor/values';
import { rescalePlacement } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, Detection, OutputTensor, Placement } from '../../shared/types';
import { centreMapsOf, centreMapSize } from '../shared/center-net-form';
import { probability, sigmoid, unsupportedDecoder } from '../shared/outputs';
import { vision as text } from '../../../messages/vision';
import { boxInSource, labelOfNumber } from './boxes';
import { checkLabels } from './labels';

type Values = Float32Array | Float64Array;

/** As many as the original shows. */
const mostResults = 100;

interface Peak {
  readonly cell: number;
  readonly type: number;
  readonly heat: number;
}

/** Cells that none of their eight neighbours exceeds in a class, at least as hot as `least`; the hottest first. */
function peaksOf(heat: Values, width: number, height: number, classes: number, least: number): readonly Peak[] {
  const peaks: Peak[] = [];
  for (let cell = 0; cell < width * height; cell++) {
    const [row, column] = [Math.floor(cell / width), cell % width];
    for (let type = 0; type < classes; type++) {
      const value = heat[cell * classes + type] as number;
      if (!(value >= least)) continue;
      let highest = true;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) if ((heat[(y * width + x) * classes + type] as number) > value) highest = false;
      }
      if (highest) peaks.push({ cell, type, heat: value });
    }
  }
  return peaks.sort((one, other) => other.heat - one.heat).slice(0, mostResults);
}

/** The greatest finite value. */
function greatest(values: Values): number {
  let most = -Infinity;
  for (const value of values) if (value > most && value < Infinity) most = value;
  return most;
}

/**
 * CenterNet (Zhou et al., Objects as Points): a heat map [1, h, w, classes] as logits or probabilities, and two maps
 * [1, h, w, 2] in cells: the sizes of boxes, and how far centres lie from their cell's corner. These are told apart by
 * their names, else by their values: only sizes exceed a cell. A peak of the heat map is an object.
 *
 * @returns boxes in pixels of the source picture, best first, 100 at most
 * @throws LitescopeError UNSUPPORTED_DECODER when there are no such outputs, INVALID_LABELS
 */
export function decodeCenterNet(decoder: Extract<Decoder, { kind: 'center-net' }>, outputs: readonly OutputTensor[], placement: Placement, labels?: readonly string[]): DecodedAs<'detections'> {
  const maps = centreMapsOf(outputs);
  const size = maps === null ? null : centreMapSize(maps.heat.shape);
  if (maps === null || size === null) throw unsupportedDecoder(text.expected.centreMaps, outputs);
  const { width, height, channels } = size;
  checkLabels(labels, channels);
  const [one, two] = [realValues(maps.pair[0]), realValues(maps.pair[1])];
  const [sizes, offsets] = maps.named || greatest(one) >= greatest(two) ? [one, two] : [two, one];
  const heat = realValues(maps.heat);
  const logits = heat.some((value) => value < 0 || value > 1);
  // A score is a threshold of probabilities, and grows with the logit.
  const least = logits ? Math.log(decoder.scoreThreshold / (1 - decoder.scoreThreshold)) : decoder.scoreThreshold;
  const [across, down] = decoder.order === 'xy' ? [0, 1] : [1, 0];
  const cells = rescalePlacement(placement, width, height);
  const detections = peaksOf(heat, width, height, channels, least).flatMap(({ cell, type, heat: value }): readonly Detection[] => {
    const x = (cell % width) + (offsets[cell * 2 + across] as number);
    const y = Math.floor(cell / width) + (offsets[cell * 2 + down] as number);
    const [halfWidth, halfHeight] = [(sizes[cell * 2 + across] as number) / 2, (sizes[cell * 2 + down] as number) / 2];
    const box = boxInSource({ left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight }, cells);
    return box === null ? [] : [{ box, score: probability(logits ? sigmoid(value) : value), label: labelOfNumber(labels, type), keypoints: [] }];
  });
  return { kind: 'detections', detections };
}
