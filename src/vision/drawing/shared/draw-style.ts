/** What drawing needs of a canvas's context, on the page or in a worker. */
export type DrawingContext = CanvasState & CanvasTransform & CanvasFillStrokeStyles & CanvasRect & CanvasDrawPath & CanvasPath & CanvasPathDrawingStyles
  & CanvasText & CanvasTextDrawingStyles & CanvasDrawImage & CanvasCompositing & { readonly canvas: { readonly width: number; readonly height: number } };

/** Sizes in canvas pixels, from the size at which the picture is shown. */
export interface Stroke {
  readonly line: number;
  /** Dark rim to each side, which keeps bright lines visible on bright pictures. */
  readonly rim: number;
  readonly dot: number;
  readonly font: number;
}

export const colours = {
  box: '#4ade80',
  bone: '#38bdf8',
  dot: '#fde047',
  rim: 'rgba(0, 0, 0, 0.7)',
  labelText: '#0b1220',
  /** Over what a model did not see: dark enough to be told from the picture, which stays recognisable. */
  cutOff: 'rgba(0, 0, 0, 0.55)',
  cutEdge: 'rgba(255, 255, 255, 0.7)',
  /** Red, green, blue of the mask's tint. */
  tint: [56, 189, 248],
} as const;

const clamp = (value: number, lowest: number, highest: number): number => Math.min(Math.max(value, lowest), highest);

/** Grows with the shorter side, within what the eye can read on a phone and what does not hide a large picture. */
export function strokeFor(width: number, height: number): Stroke {
  const shorter = Math.min(width, height);
  const line = clamp(shorter * 0.006, 2, 10);
  return { line, rim: Math.max(1, line * 0.4), dot: line * 1.2, font: clamp(shorter * 0.03, 13, 48) };
}

/** A dot with a dark rim; a point that is not finite is left out. */
export function drawDot(context: DrawingContext, x: number, y: number, { dot, rim }: Stroke): void {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  context.beginPath();
  context.arc(x, y, dot + rim, 0, 2 * Math.PI);
  context.fillStyle = colours.rim;
  context.fill();
  context.beginPath();
  context.arc(x, y, dot, 0, 2 * Math.PI);
  context.fillStyle = colours.dot;
  context.fill();
}
