import { colours, drawDot, type DrawingContext, type Stroke } from './draw-style';
import { cornersOf } from '../../shared/overlap';
import type { Detection } from '../../shared/types';

function drawLabel(context: DrawingContext, text: string, x: number, y: number, { font, line }: Stroke): void {
  context.font = `600 ${font}px system-ui, sans-serif`;
  context.textBaseline = 'middle';
  const padding = font * 0.35;
  const height = font * 1.4;
  const width = context.measureText(text).width + 2 * padding;
  const left = x - line / 2;
  // Above the box where there is room, else inside it: a label outside the canvas would be lost.
  const top = y - line / 2 - height >= 0 ? y - line / 2 - height : Math.max(y, 0);
  context.fillStyle = colours.box;
  context.fillRect(left, top, width, height);
  context.fillStyle = colours.labelText;
  context.fillText(text, left + padding, top + height / 2);
}

/** Boxes with `face 97 %` and their key points. */
export function drawDetections(context: DrawingContext, detections: readonly Detection[], scale: number, stroke: Stroke): void {
  context.lineJoin = 'round';
  for (const detection of detections) {
    const { score, label, keypoints } = detection;
    const outline = outlineOf(detection, scale);
    context.lineWidth = stroke.line + 2 * stroke.rim;
    context.strokeStyle = colours.rim;
    outline.stroke(context);
    context.lineWidth = stroke.line;
    context.strokeStyle = colours.box;
    outline.stroke(context);
    for (const point of keypoints) drawDot(context, point.x * scale, point.y * scale, stroke);
    drawLabel(context, `${label} ${Math.round(score * 100)} %`, outline.left, outline.top, stroke);
  }
}

/** A box's outline and where its label belongs: at the top left corner, of a turned one at the highest. */
function outlineOf({ box, angle }: Detection, scale: number): { readonly left: number; readonly top: number; stroke(context: DrawingContext): void } {
  if (angle === undefined) {
    const [left, top, width, height] = [box.x * scale, box.y * scale, box.width * scale, box.height * scale];
    return { left, top, stroke: (context) => { context.strokeRect(left, top, width, height); } };
  }
  const corners = cornersOf({ box, angle }).map(({ x, y }) => ({ x: x * scale, y: y * scale }));
  const highest = corners.reduce((best, corner) => (corner.y < best.y ? corner : best));
  return {
    left: highest.x, top: highest.y,
    stroke(context) {
      context.beginPath();
      for (const [index, { x, y }] of corners.entries()) {
        if (index === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
      context.closePath();
      context.stroke();
    },
  };
}
