import { colours, type DrawingContext } from './draw-style';
import { toSourceX, toSourceY } from './placement';
import type { Decoded } from './types';

const strongestTint = 0.6;

// A stream draws a mask with every frame; its canvas is kept as long as the canvas that it is drawn on.
const maskContexts = new WeakMap<DrawingContext, OffscreenCanvasRenderingContext2D>();

function maskContext(context: DrawingContext, width: number, height: number): OffscreenCanvasRenderingContext2D | null {
  const kept = maskContexts.get(context);
  if (kept !== undefined && kept.canvas.width === width && kept.canvas.height === height) return kept;
  const made = new OffscreenCanvas(width, height).getContext('2d');
  if (made !== null) maskContexts.set(context, made);
  return made;
}

/** The foreground tinted, as strongly as the mask is sure; smoothed up to the picture's size by the canvas. */
export function drawMask(context: DrawingContext, decoded: Extract<Decoded, { kind: 'mask' }>, source: { readonly width: number; readonly height: number }, scale: number): void {
  const { mask, width, height, placement } = decoded;
  const layer = maskContext(context, width, height);
  if (layer === null) return;
  const image = layer.createImageData(width, height);
  const [red, green, blue] = colours.tint;
  for (let index = 0, position = 0; index < mask.length; index++, position += 4) {
    image.data[position] = red;
    image.data[position + 1] = green;
    image.data[position + 2] = blue;
    image.data[position + 3] = (mask[index] as number) * strongestTint;
  }
  layer.putImageData(image, 0, 0);
  const left = toSourceX(placement, 0) * scale;
  const top = toSourceY(placement, 0) * scale;
  context.beginPath();
  // Letterboxed masks reach over the picture's edges.
  context.rect(0, 0, source.width * scale, source.height * scale);
  context.clip();
  context.imageSmoothingEnabled = true;
  context.drawImage(layer.canvas, left, top, (width / placement.scaleX) * scale, (height / placement.scaleY) * scale);
}
