import { LitescopeError } from '../errors';
import type { PixelSource } from './resample';

/** How the pixels of a frame were read: copied as RGBA by the browser's own conversion, or drawn on a canvas and read back. */
export type PixelPath = 'RGBA' | 'canvas';

export interface ReadFrame {
  readonly source: PixelSource;
  readonly path: PixelPath;
}

/** A frame's size as it is shown, in pixels. */
export function sizeOf(frame: VideoFrame | ImageBitmap): { readonly width: number; readonly height: number } {
  return 'displayWidth' in frame ? { width: frame.displayWidth, height: frame.displayHeight } : { width: frame.width, height: frame.height };
}

/** Turned or flipped by metadata (phones do that), or with pixels that are not square: only a canvas undoes that. */
function isPlain(frame: VideoFrame): boolean {
  const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
  const visible = frame.visibleRect;
  return frame.format !== null && rotation === 0 && !flip && visible?.width === frame.displayWidth && visible.height === frame.displayHeight;
}

/** Reads the pixels of frames into memory that it keeps between them. Belongs to a worker. */
export class FrameReader {
  #bytes = new Uint8ClampedArray(0);
  #context: OffscreenCanvasRenderingContext2D | null = null;
  /** Not every browser converts while it copies. */
  #converts = true;

  /**
   * @param frame not closed
   * @returns pixels that stay valid until the next frame is read
   * @throws LitescopeError INVALID_IMAGE when the browser gives no pixels
   */
  async read(frame: VideoFrame | ImageBitmap): Promise<ReadFrame> {
    if (this.#converts && 'copyTo' in frame && isPlain(frame)) {
      const source = await this.#copy(frame);
      if (source !== null) return { source, path: 'RGBA' };
      this.#converts = false;
    }
    return { source: this.#draw(frame), path: 'canvas' };
  }

  async #copy(frame: VideoFrame): Promise<PixelSource | null> {
    const { width, height } = sizeOf(frame);
    const bytes = width * height * 4;
    if (this.#bytes.length !== bytes) this.#bytes = new Uint8ClampedArray(bytes);
    try {
      const [plane, ...others] = await frame.copyTo(this.#bytes, { format: 'RGBA', layout: [{ offset: 0, stride: width * 4 }] });
      // A browser that does not know the option copies the planes of the frame's own format.
      return others.length === 0 && plane?.stride === width * 4 ? { width, height, data: this.#bytes } : null;
    } catch {
      // The canvas reads what cannot be copied, and says why if it cannot either.
      return null;
    }
  }

  #draw(frame: VideoFrame | ImageBitmap): PixelSource {
    const { width, height } = sizeOf(frame);
    if (this.#context === null || this.#context.canvas.width !== width || this.#context.canvas.height !== height) {
      this.#context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false });
    }
    if (this.#context === null) throw new LitescopeError('INVALID_IMAGE', 'The browser offers no canvas in a worker.');
    try {
      this.#context.drawImage(frame, 0, 0, width, height);
      return this.#context.getImageData(0, 0, width, height);
    } catch (error) {
      throw LitescopeError.from(error, 'INVALID_IMAGE');
    }
  }
}
