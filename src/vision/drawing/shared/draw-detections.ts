import { colours, drawDot, type DrawingContext, type Stroke } from './draw-style';
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
  for (const { box, score, label, keypoints } of detections) {
    const [x, y, width, height] = [box.x * scale, box.y * scale, box.width * scale, box.height * scale];
    context.lineWidth = stroke.line + 2 * stroke.rim;
    context.strokeStyle = colours.rim;
    context.strokeRect(x, y, width, height);
    context.lineWidth = stroke.line;
    context.strokeStyle = colours.box;
    context.strokeRect(x, y, width, height);
    for (const point of keypoints) drawDot(context, point.x * scale, point.y * scale, stroke);
    drawLabel(context, `${label} ${Math.round(score * 100)} %`, x, y, stroke);
  }
}
