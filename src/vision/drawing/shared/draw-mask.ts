import { colourWord, Layer, parseColour } from '../../frames/shared/draw-layer';
import { colours, type DrawingContext } from './draw-style';
import type { DrawingStyle } from './drawing-style';
import { mapArea, type Area } from './map-area';
import type { DecodedAs } from '../../shared/types';

const strongestTint = 0.6;
const white = [255, 255, 255] as const;
const values = Array.from({ length: 256 }, (_, value) => value);

/** Blurring starts at this part of the canvas's size; what is finer would not be seen in it. */
const blurReduction = 4;
/** How often the picture is halved from there: as strong as a Gaussian blur of about 20 pixels at 640 × 480. */
const halvings = 3;

/** Colour and opacity for each probability, 0 to 255. */
function maskTable(style: DrawingStyle): Uint32Array {
  switch (style.mask) {
    case 'tint': return Uint32Array.from(values, (value) => colourWord(colours.tint, value * strongestTint));
    case 'replace': return Uint32Array.from(values, (value) => colourWord(parseColour(style.background), 255 - value));
    case 'blur':
    case 'mask': return Uint32Array.from(values, (value) => colourWord(white, value));
  }
}

/** Draws a person's mask with a frame. Everything is drawn from the canvas's origin to its width and height. */
export class MaskDrawer {
  readonly #mask = new Layer();
  readonly #background = new Layer();
  readonly #halves = Array.from({ length: halvings }, () => new Layer());
  #table: { readonly key: string; readonly words: Uint32Array } | null = null;

  draw(context: DrawingContext, frame: CanvasImageSource, decoded: DecodedAs<'mask'>, style: DrawingStyle): void {
    const { width, height } = context.canvas;
    const shape = this.#mask.paint(decoded.mask, decoded.width, decoded.height, this.#tableFor(style));
    const area = mapArea(decoded, width, height);
    if (style.mask === 'mask') {
      context.fillStyle = '#000000';
      context.fillRect(0, 0, width, height);
    } else {
      context.drawImage(frame, 0, 0, width, height);
    }
    if (style.mask === 'blur') {
      context.drawImage(this.#blurred(frame, shape, area, width, height), 0, 0, width, height);
      return;
    }
    context.drawImage(shape, ...area);
    if (style.mask === 'replace') fillAround(context, area, style.background);
  }

  #tableFor(style: DrawingStyle): Uint32Array {
    const key = `${style.mask} ${style.background}`;
    this.#table = this.#table?.key === key ? this.#table : { key, words: maskTable(style) };
    return this.#table.words;
  }

  /**
   * The frame without its person, blurred, small. Halving and doubling costs a third of the canvas's own blur, gives no
   * transparent rim, and works in browsers that have no such filter.
   */
  #blurred(frame: CanvasImageSource, shape: OffscreenCanvas, [left, top, shapeWidth, shapeHeight]: Area, width: number, height: number): OffscreenCanvas {
    const sizes = [this.#background, ...this.#halves].map((layer, step) => {
      const part = blurReduction * 2 ** step;
      return { layer, width: Math.max(1, Math.round(width / part)), height: Math.max(1, Math.round(height / part)) };
    });
    let from: CanvasImageSource = frame;
    for (const { layer, width: own, height: ownHeight } of [...sizes, ...sizes.slice(0, -1).reverse()]) {
      const context = layer.sized(own, ownHeight);
      // The copy replaces what the frame before has left.
      context.globalCompositeOperation = 'copy';
      context.drawImage(from, 0, 0, own, ownHeight);
      from = layer.canvas;
    }
    const { context, canvas } = this.#background;
    const [across, down] = [canvas.width / width, canvas.height / height];
    context.globalCompositeOperation = 'destination-out';
    context.drawImage(shape, left * across, top * down, shapeWidth * across, shapeHeight * down);
    return canvas;
  }
}

/** What the model has not seen counts as background. Whole pixels, so that no seam of the frame shows at the mask's edge. */
function fillAround(context: DrawingContext, [left, top, areaWidth, areaHeight]: Area, background: string): void {
  const { width, height } = context.canvas;
  const [innerLeft, innerTop] = [Math.max(0, Math.ceil(left)), Math.max(0, Math.ceil(top))];
  const [innerRight, innerBottom] = [Math.min(width, Math.floor(left + areaWidth)), Math.min(height, Math.floor(top + areaHeight))];
  context.fillStyle = background;
  context.fillRect(0, 0, innerLeft, height);
  context.fillRect(innerRight, 0, width - innerRight, height);
  context.fillRect(innerLeft, 0, innerRight - innerLeft, innerTop);
  context.fillRect(innerLeft, innerBottom, innerRight - innerLeft, height - innerBottom);
}
