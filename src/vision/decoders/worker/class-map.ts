import { classColour } from '../../drawing/shared/class-colours';
import type { DecodedAs, Evidence, LegendEntry, Placement } from '../../shared/types';
import { insidePicture } from './inside-picture';
import { isBackground, labelFor } from './labels';

type MapScores = Extract<Evidence, { kind: 'map-scores' }>;
type MapIds = Extract<Evidence, { kind: 'map-ids' }>;

/** The class with the highest score at each pixel; the first of equal ones, class 0 where no score is a number. */
export function winningClasses({ scores, classes, width, height }: MapScores): Uint16Array<ArrayBuffer> {
  const ids = new Uint16Array(width * height);
  for (let pixel = 0, position = 0; pixel < ids.length; pixel++) {
    let best = -Infinity;
    let winner = 0;
    for (let index = 0; index < classes; index++, position++) {
      const score = scores[position] as number;
      if (score > best) {
        best = score;
        winner = index;
      }
    }
    ids[pixel] = winner;
  }
  return ids;
}

function legendOf(ids: Uint16Array, width: number, height: number, placement: Placement, labels: readonly string[] | undefined): LegendEntry[] {
  const { left, right, top, bottom } = insidePicture(width, height, placement);
  const counts = new Map<number, number>();
  for (let row = top; row < bottom; row++) {
    // Neighbours are mostly of one class: a look-up for each run of them.
    for (let position = row * width + left, end = row * width + right; position < end;) {
      const id = ids[position] as number;
      const start = position;
      while (position < end && ids[position] === id) position++;
      counts.set(id, (counts.get(id) ?? 0) + position - start);
    }
  }
  const total = (right - left) * (bottom - top);
  return Array.from(counts, ([index, pixels]) => ({
    index,
    label: labelFor(labels, index),
    colour: isBackground(labels?.[index]) ? null : classColour(index),
    share: pixels / total,
  })).sort((one, other) => other.share - one.share || one.index - other.index);
}

/** A map of classes with the legend of those that occur in the picture. */
export function concludeMap(evidence: MapScores | MapIds): DecodedAs<'class-map'> {
  const { width, height, placement, labels } = evidence;
  const ids = evidence.kind === 'map-ids' ? evidence.ids : winningClasses(evidence);
  return { kind: 'class-map', ids, width, height, placement, legend: legendOf(ids, width, height, placement, labels) };
}
