import { realValues } from '../../../tensor/values';
import { toSourceX, toSourceY } from '../../frames/shared/placement';
import type { DecodedAs, Decoder, OutputTensor, Placement, Point, Skeleton } from '../../shared/types';
import { keyPointConnections } from '../shared/key-points';
import { probability, sigmoid } from '../shared/outputs';
import { joints, type PoseNetForm } from '../shared/pose-net-form';

const pointCount = 17;

/** From parent to child, in the order of the displacements' channels. */
const tree = [[0, 1], [1, 3], [0, 2], [2, 4], [0, 5], [5, 7], [7, 9], [5, 11], [11, 13], [13, 15], [0, 6], [6, 8], [8, 10], [6, 12], [12, 14], [14, 16]] as const;

/** A point that is nearer than this, in pixels of the input, to the same point of a better body is that body's. */
const sameBody = 20;
/** How often a point that was reached along a joint is moved to where the offsets around it lead. */
const refinements = 2;
const mostBodies = 20;
/** A mean score below this is no body but a point or two that look like one's: TensorFlow.js's examples leave those out from 0.15 to 0.25 on. */
const leastBody = 0.25;

/** A point in pixels of the input. */
interface Found {
  readonly x: number;
  readonly y: number;
  readonly score: number;
}

const nowhere: Found = { x: NaN, y: NaN, score: 0 };

/** Displacements of one direction: y of each joint from channel `first` on, then x. */
interface Ways {
  readonly values: ArrayLike<number>;
  readonly channels: number;
  readonly first: number;
}

function waysOf(displacements: NonNullable<PoseNetForm['displacements']>, valuesOf: (place: number) => ArrayLike<number>): Readonly<Record<'forward' | 'backward', Ways>> {
  if ('both' in displacements) {
    const values = valuesOf(displacements.both);
    return { forward: { values, channels: joints * 4, first: 0 }, backward: { values, channels: joints * 4, first: joints * 2 } };
  }
  const alone = (place: number): Ways => ({ values: valuesOf(place), channels: joints * 2, first: 0 });
  return { forward: alone(displacements.forward), backward: alone(displacements.backward) };
}

/** Looks things up in the maps of one run. */
class Maps {
  readonly rows: number;
  readonly columns: number;
  readonly #heatmaps: ArrayLike<number>;
  readonly #offsets: ArrayLike<number>;
  readonly #ways: ReturnType<typeof waysOf> | null;
  readonly #strideX: number;
  readonly #strideY: number;

  constructor({ rows, columns, heatmaps, offsets, displacements }: PoseNetForm, outputs: readonly OutputTensor[], { targetWidth, targetHeight }: Placement) {
    const valuesOf = (place: number): ArrayLike<number> => {
      const tensor = outputs[place];
      return tensor === undefined ? [] : realValues(tensor);
    };
    this.rows = rows;
    this.columns = columns;
    this.#heatmaps = valuesOf(heatmaps);
    this.#offsets = valuesOf(offsets);
    this.#ways = displacements === undefined ? null : waysOf(displacements, valuesOf);
    // The corner cells lie on the corner pixels.
    this.#strideX = (targetWidth - 1) / (columns - 1);
    this.#strideY = (targetHeight - 1) / (rows - 1);
  }

  logit(point: number, row: number, column: number): number {
    return this.#heatmaps[(row * this.columns + column) * pointCount + point] ?? NaN;
  }

  /** Where a cell says that its point is. */
  at(point: number, row: number, column: number): Found {
    const start = (row * this.columns + column) * pointCount * 2 + point;
    return {
      x: column * this.#strideX + (this.#offsets[start + pointCount] ?? NaN),
      y: row * this.#strideY + (this.#offsets[start] ?? NaN),
      score: probability(sigmoid(this.logit(point, row, column))),
    };
  }

  #cellOf({ x, y }: Pick<Found, 'x' | 'y'>): readonly [row: number, column: number] {
    const nearest = (position: number, count: number): number => Math.min(Math.max(Math.round(position), 0), count - 1);
    return [nearest(y / this.#strideY, this.rows), nearest(x / this.#strideX, this.columns)];
  }

  /** From a point of a body along a joint to the point at its other end. */
  follow(from: Found, joint: number, target: number, direction: 'forward' | 'backward'): Found {
    if (this.#ways === null) return nowhere;
    const { values, channels, first } = this.#ways[direction];
    const [row, column] = this.#cellOf(from);
    const start = (row * this.columns + column) * channels + first + joint;
    let place = { x: from.x + (values[start + joints] ?? NaN), y: from.y + (values[start] ?? NaN) };
    for (let step = 0; step < refinements; step++) place = this.at(target, ...this.#cellOf(place));
    return { x: place.x, y: place.y, score: this.at(target, ...this.#cellOf(place)).score };
  }
}

/** Each point where its heat map is hottest. */
function singleBody(maps: Maps): readonly Found[] {
  return Array.from({ length: pointCount }, (_, point) => {
    let best: readonly [row: number, column: number] = [0, 0];
    for (let row = 0; row < maps.rows; row++) {
      for (let column = 0; column < maps.columns; column++) if (maps.logit(point, row, column) > maps.logit(point, ...best)) best = [row, column];
    }
    return maps.at(point, ...best);
  });
}

/** Cells that are no cooler than their neighbours, hottest first: a body may begin at each. */
function roots(maps: Maps, threshold: number): readonly { readonly point: number; readonly found: Found }[] {
  const list: { readonly point: number; readonly found: Found }[] = [];
  for (let row = 0; row < maps.rows; row++) {
    for (let column = 0; column < maps.columns; column++) {
      for (let point = 0; point < pointCount; point++) {
        const own = maps.logit(point, row, column);
        const found = maps.at(point, row, column);
        if (!(found.score >= threshold) || !Number.isFinite(found.x) || !Number.isFinite(found.y)) continue;
        let hottest = true;
        for (let near = Math.max(0, row - 1); near <= Math.min(maps.rows - 1, row + 1); near++) {
          for (let beside = Math.max(0, column - 1); beside <= Math.min(maps.columns - 1, column + 1); beside++) if (maps.logit(point, near, beside) > own) hottest = false;
        }
        if (hottest) list.push({ point, found });
      }
    }
  }
  return list.sort((left, right) => right.found.score - left.found.score);
}

/** From one point over all joints; the tree leads to each point by one way only. */
function wholeBody(maps: Maps, root: number, found: Found): readonly Found[] {
  const points = new Map([[root, found]]);
  for (const [from, place] of points) {
    tree.forEach(([parent, child], joint) => {
      if (parent === from && !points.has(child)) points.set(child, maps.follow(place, joint, child, 'forward'));
      if (child === from && !points.has(parent)) points.set(parent, maps.follow(place, joint, parent, 'backward'));
    });
  }
  return Array.from({ length: pointCount }, (_, point) => points.get(point) ?? nowhere);
}

const isNear = (one: Found | undefined, other: Found): boolean => one !== undefined && Math.hypot(one.x - other.x, one.y - other.y) <= sameBody;

function severalBodies(maps: Maps, threshold: number): { readonly points: readonly Found[]; readonly score: number }[] {
  const bodies: { readonly points: readonly Found[]; readonly score: number }[] = [];
  for (const { point, found } of roots(maps, threshold)) {
    if (bodies.length >= mostBodies) break;
    if (bodies.some(({ points }) => isNear(points[point], found))) continue;
    const points = wholeBody(maps, point, found);
    // What a better body has already does not count for this one.
    const own = points.map((each, index) => (bodies.some((body) => isNear(body.points[index], each)) ? 0 : each.score));
    bodies.push({ points, score: own.reduce((sum, score) => sum + score, 0) / pointCount });
  }
  return bodies.filter(({ score }) => score >= leastBody);
}

/**
 * PoseNet: heat maps of 17 points as logits, offsets from each cell to the exact place in pixels of the input, y before x,
 * and, where the model gives them, displacements along the body's joints. With displacements several bodies are told
 * apart (PersonLab, Papandreou et al. 2018), without them each point is taken where its heat map is hottest.
 *
 * @returns bodies in pixels of the source picture, best first; of a single one `score` is the mean of the points that
 *   reach the threshold, of several the mean of all points, those that a better body has counted as 0
 */
export function decodePoseNet({ scoreThreshold }: Extract<Decoder, { kind: 'key-points' }>, form: PoseNetForm, outputs: readonly OutputTensor[], placement: Placement): DecodedAs<'skeletons'> {
  const maps = new Maps(form, outputs, placement);
  const place = ({ x, y, score }: Found): Point => ({ x: toSourceX(placement, x), y: toSourceY(placement, y), visibility: score });
  const skeletonsOf = (): Skeleton[] => {
    if (form.displacements !== undefined) return severalBodies(maps, scoreThreshold).map(({ points, score }) => ({ points: points.map(place), score }));
    const points = singleBody(maps);
    const sure = points.map(({ score }) => score).filter((score) => score >= scoreThreshold);
    return sure.length === 0 ? [] : [{ points: points.map(place), score: sure.reduce((sum, score) => sum + score, 0) / sure.length }];
  };
  return { kind: 'skeletons', skeletons: skeletonsOf().sort((left, right) => right.score - left.score), connections: keyPointConnections, threshold: scoreThreshold };
}
