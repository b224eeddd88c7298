import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** A canvas beside the one that is shown, kept between frames; it changes its size with them. Works on the page and in workers. */
export class Layer {
  readonly canvas = new OffscreenCanvas(1, 1);
  readonly context: OffscreenCanvasRenderingContext2D;
  #image: { readonly data: ImageData; readonly words: Uint32Array } | null = null;

  /** @throws LitescopeError INTERNAL when the browser has no such canvas */
  constructor() {
    // In the processor's memory, where all that is drawn here comes from: pixels, masks and maps that were computed there.
    const context = this.canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new LitescopeError('INTERNAL', text.noSecondCanvas);
    this.context = context;
  }

  /** In the wanted size; empty only when that is a new one. */
  sized(width: number, height: number): OffscreenCanvasRenderingContext2D {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    return this.context;
  }

  /**
   * Gives each pixel the colour that a table has for its value.
   *
   * @param table a colour for each value, as `colourWord` makes it
   */
  paint(values: Uint8ClampedArray | Uint16Array, width: number, height: number, table: Uint32Array): OffscreenCanvas {
    const context = this.sized(width, height);
    if (this.#image?.data.width !== width || this.#image.data.height !== height) {
      const data = context.createImageData(width, height);
      this.#image = { data, words: new Uint32Array(data.data.buffer) };
    }
    const { data, words } = this.#image;
    for (let index = 0; index < words.length; index++) words[index] = table[values[index] as number] as number;
    context.putImageData(data, 0, 0);
    return this.canvas;
  }
}

/** A colour as a pixel of a canvas: RGBA in a little-endian word, which is the order of all platforms that have WebAssembly. */
export function colourWord([red, green, blue]: readonly [number, number, number], alpha: number): number {
  return ((Math.round(alpha) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Red, green and blue of `#rrggbb`. */
export function parseColour(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
