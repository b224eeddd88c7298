import { colours, drawDot, type DrawingContext, type Stroke } from './draw-style';
import type { Connections, DecodedAs, Point } from '../../shared/types';

/** Below it a hand or body, or a single point of it, counts as absent: MediaPipe's own threshold. */
const smallestScore = 0.5;

function isShown({ x, y, visibility }: Point, threshold: number): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && (visibility === undefined || visibility >= threshold);
}

function drawBody(context: DrawingContext, points: readonly Point[], connections: Connections, threshold: number, scale: number, stroke: Stroke): void {
  context.lineCap = 'round';
  context.beginPath();
  for (const [from, to] of connections) {
    const start = points[from];
    const end = points[to];
    if (start === undefined || end === undefined || !isShown(start, threshold) || !isShown(end, threshold)) continue;
    context.moveTo(start.x * scale, start.y * scale);
    context.lineTo(end.x * scale, end.y * scale);
  }
  context.lineWidth = stroke.line + 2 * stroke.rim;
  context.strokeStyle = colours.rim;
  context.stroke();
  context.lineWidth = stroke.line;
  context.strokeStyle = colours.bone;
  context.stroke();
  for (const point of points) {
    if (isShown(point, threshold)) drawDot(context, point.x * scale, point.y * scale, stroke);
  }
}

/** From so many points on, dots of the usual size would hide what they lie on. */
const manyPoints = 60;
const fineDots = 0.35;

/** Lines and points of a hand, body, face or eye; nothing when it is not there, since its points are then arbitrary. */
export function drawLandmarks(context: DrawingContext, { points, connections, score }: DecodedAs<'landmarks'>, scale: number, stroke: Stroke): void {
  const fine = points.length < manyPoints ? stroke : { ...stroke, dot: stroke.dot * fineDots, rim: stroke.rim * fineDots };
  if ((score ?? 1) >= smallestScore) drawBody(context, points, connections, smallestScore, scale, fine);
}

/** Lines and points of all bodies. */
export function drawSkeletons(context: DrawingContext, { skeletons, connections, threshold }: DecodedAs<'skeletons'>, scale: number, stroke: Stroke): void {
  for (const { points } of skeletons) drawBody(context, points, connections, threshold, scale, stroke);
}
