import { colours, drawDot, type DrawingContext, type Stroke } from './draw-style';
import type { Decoded, Point } from './types';

/** Below it a hand or body, or a single point of it, counts as absent: MediaPipe's own threshold. */
const smallestScore = 0.5;

function isShown({ x, y, visibility }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && (visibility === undefined || visibility >= smallestScore);
}

/** A skeleton; nothing when the object is not there, since its points are then arbitrary. */
export function drawLandmarks(context: DrawingContext, landmarks: Extract<Decoded, { kind: 'landmarks' }>, scale: number, stroke: Stroke): void {
  if (landmarks.score < smallestScore) return;
  context.lineCap = 'round';
  context.beginPath();
  for (const [from, to] of landmarks.connections) {
    const start = landmarks.points[from];
    const end = landmarks.points[to];
    if (start === undefined || end === undefined || !isShown(start) || !isShown(end)) continue;
    context.moveTo(start.x * scale, start.y * scale);
    context.lineTo(end.x * scale, end.y * scale);
  }
  context.lineWidth = stroke.line + 2 * stroke.rim;
  context.strokeStyle = colours.rim;
  context.stroke();
  context.lineWidth = stroke.line;
  context.strokeStyle = colours.bone;
  context.stroke();
  for (const point of landmarks.points) {
    if (isShown(point)) drawDot(context, point.x * scale, point.y * scale, stroke);
  }
}
