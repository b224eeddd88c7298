import { LitescopeError } from '../errors';
import { draw } from './draw';
import type { DrawingStyle } from './drawing-style';
import { mirrored } from './mirror';
import { toSourceX, toSourceY } from './placement';
import type { Decoded } from './types';

type Mask = Extract<Decoded, { kind: 'mask' }>;

/** A background at a twelfth of its size, drawn up again smoothly, looks like a strong blur and costs a fraction of one. */
const blurReduction = 12;

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new LitescopeError('INTERNAL', 'The browser offers no canvas in a worker.');
  return context;
}

/** A canvas that is kept between frames and changes its size with them. */
class Layer {
  readonly canvas = new OffscreenCanvas(1, 1);
  readonly context = contextOf(this.canvas);

  /** Empty, in the wanted size. */
  cleared(width: number, height: number): OffscreenCanvasRenderingContext2D {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    } else {
      this.context.clearRect(0, 0, width, height);
    }
    return this.context;
  }
}

/** Draws frames with what was found in them, one after the other, on canvases that it keeps. Belongs to a worker. */
export class FramePainter {
  readonly #picture = new Layer();
  readonly #mask = new Layer();
  readonly #person = new Layer();
  readonly #small = new Layer();

  /**
   * @param frame drawn in its own size, `width` × `height` pixels; not closed
   * @param decoded coordinates in pixels of the frame
   * @returns a new bitmap of the frame's size, to be moved to the page
   */
  paint(frame: CanvasImageSource, width: number, height: number, decoded: Decoded | null, style: DrawingStyle): ImageBitmap {
    const context = this.#picture.cleared(width, height);
    context.save();
    if (style.mirror) {
      context.translate(width, 0);
      context.scale(-1, 1);
    }
    if (decoded?.kind === 'mask' && style.mask !== 'tint') this.#paintMasked(context, frame, width, height, decoded, style);
    else context.drawImage(frame, 0, 0, width, height);
    if (decoded?.kind === 'mask' && style.mask === 'tint') draw(context, decoded, { width, height }, 1);
    context.restore();
    // Letters stay readable, so that only the places of what has some are mirrored.
    if (decoded !== null && decoded.kind !== 'mask') draw(context, style.mirror ? mirrored(decoded, width) : decoded, { width, height }, 1);
    return this.#picture.canvas.transferToImageBitmap();
  }

  #paintMasked(context: OffscreenCanvasRenderingContext2D, frame: CanvasImageSource, width: number, height: number, mask: Mask, style: DrawingStyle): void {
    const shape = this.#maskShape(mask);
    const { placement } = mask;
    // Letterboxed masks reach over the picture's edges.
    const place = [toSourceX(placement, 0), toSourceY(placement, 0), mask.width / placement.scaleX, mask.height / placement.scaleY] as const;
    if (style.mask === 'mask') {
      context.fillStyle = '#000000';
      context.fillRect(0, 0, width, height);
      context.drawImage(shape, ...place);
      return;
    }
    const person = this.#person.cleared(width, height);
    person.globalCompositeOperation = 'source-over';
    person.drawImage(frame, 0, 0, width, height);
    person.globalCompositeOperation = 'destination-in';
    person.drawImage(shape, ...place);
    if (style.mask === 'replace') {
      context.fillStyle = style.background;
      context.fillRect(0, 0, width, height);
    } else {
      const [smallWidth, smallHeight] = [Math.max(1, Math.round(width / blurReduction)), Math.max(1, Math.round(height / blurReduction))];
      const small = this.#small.cleared(smallWidth, smallHeight);
      small.imageSmoothingQuality = 'medium';
      small.drawImage(frame, 0, 0, smallWidth, smallHeight);
      context.imageSmoothingQuality = 'high';
      context.drawImage(this.#small.canvas, 0, 0, width, height);
    }
    context.drawImage(this.#person.canvas, 0, 0);
  }

  /** White, as opaque as the mask is sure. */
  #maskShape({ mask, width, height }: Mask): OffscreenCanvas {
    const context = this.#mask.cleared(width, height);
    const image = context.createImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    // Alpha is the highest byte of a little-endian word, which WebAssembly's platforms all have.
    for (let index = 0; index < mask.length; index++) words[index] = ((mask[index] as number) << 24) | 0xffffff;
    context.putImageData(image, 0, 0);
    return this.#mask.canvas;
  }
}
