/** Where a value is drawn, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A value in words: what it is of, and itself with its unit. */
export interface Spoken {
  readonly name: string;
  readonly value: string;
}

/** The place that is nearest from left to right, as in bars and in what follows one another; null where there is none. */
export function nearestAlong(places: readonly Place[], { x }: Place): number | null {
  return nearest(places, (place) => Math.abs(place.x - x));
}

/** The place that is nearest in both directions, as among scattered points; null where there is none. */
export function nearestAround(places: readonly Place[], { x, y }: Place): number | null {
  return nearest(places, (place) => Math.hypot(place.x - x, place.y - y));
}

function nearest(places: readonly Place[], distanceOf: (place: Place) => number): number | null {
  let found: number | null = null;
  let least = Infinity;
  places.forEach((place, index) => {
    const distance = distanceOf(place);
    if (distance < least) [found, least] = [index, distance];
  });
  return found;
}

/** The part of a row that a place lies in, or the last one before it. @param ends where each part ends, from left to right */
export function partAt(ends: readonly number[], x: number): number | null {
  const index = ends.findIndex((end) => x <= end);
  return ends.length === 0 ? null : index < 0 ? ends.length - 1 : index;
}
