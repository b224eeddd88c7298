import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';
import { isPlain, yuvColour } from './frame-colour';
import type { PixelPath } from '../shared/pixel-path';
import { rgbaPixels, type PixelFormat, type PixelSource } from './pixels';

export interface FramePixels {
  /** Over memory that the reader keeps: it holds until the next frame is read. */
  readonly source: PixelSource;
  readonly path: PixelPath;
  /** The canvas that the frame was drawn on, in its own size, where that was the way; it holds as long as `source`. */
  readonly canvas: OffscreenCanvas | null;
}

/** Pixels above this many would need more than 400 MB only to be looked at. */
const maximumPixels = 100_000_000;

const paths: Readonly<Record<PixelFormat, PixelPath>> = { I420: 'I420', NV12: 'NV12', RGBA: 'RGBA', RGBX: 'RGBA', BGRA: 'BGRA', BGRX: 'BGRA' };

/** Newer than the types that TypeScript has. */
type TurnedFrame = VideoFrame & { readonly rotation?: number; readonly flip?: boolean };

/** The size in which a frame is shown, in pixels: turned, and with the shape of its pixels taken into account. */
export function sizeOf(frame: VideoFrame | ImageBitmap): { readonly width: number; readonly height: number } {
  return isVideoFrame(frame) ? { width: frame.displayWidth, height: frame.displayHeight } : { width: frame.width, height: frame.height };
}

function isVideoFrame(frame: VideoFrame | ImageBitmap): frame is VideoFrame {
  return 'displayWidth' in frame;
}

/** Whether the stored pixels are, one by one, those that are shown. */
function isUpright(frame: TurnedFrame): boolean {
  const { visibleRect } = frame;
  if (visibleRect === null || (frame.rotation ?? 0) !== 0 || frame.flip === true) return false;
  return visibleRect.width === frame.displayWidth && visibleRect.height === frame.displayHeight;
}

/** A pixel's alpha in a word of a little-endian machine, which WebAssembly's platforms all are. */
const alphaOfWord = 0xff000000 | 0;

function isOpaque(data: Uint8Array<ArrayBuffer>, bytes: number): boolean {
  const words = new Int32Array(data.buffer, data.byteOffset, bytes / 4);
  let all = -1;
  for (let index = 0; index < words.length; index++) all &= words[index] as number;
  return (all & alphaOfWord) === alphaOfWord;
}

/**
 * Reads the pixels of frames, one after the other, into memory that it keeps. A frame whose format preprocessing reads
 * is copied as it is; all others (without a format, with more than 8 bits, turned, with wide colours, …) are drawn on a
 * canvas. Belongs to a worker.
 */
export class FrameReader {
  #memory = new Uint8Array(0);
  #context: OffscreenCanvasRenderingContext2D | null = null;

  /**
   * @param frame not closed; must not be closed by others meanwhile
   * @returns its visible pixels in the size of {@link sizeOf}
   * @throws LitescopeError INVALID_IMAGE when the frame is closed or too large, or the browser does not give its pixels
   */
  async read(frame: VideoFrame | ImageBitmap): Promise<FramePixels> {
    const { width, height } = sizeOf(frame);
    if (width * height === 0) throw new LitescopeError('INVALID_IMAGE', text.emptyFrame);
    if (width * height > maximumPixels) {
      throw new LitescopeError('INVALID_IMAGE', text.tooManyPixels(width, height, maximumPixels / 1e6));
    }
    try {
      const pixels = isVideoFrame(frame) ? await this.#copy(frame) : await this.#copyBitmap(frame);
      return pixels ?? this.#draw(frame, width, height);
    } catch (error) {
      throw LitescopeError.from(error, 'INVALID_IMAGE');
    }
  }

  /** Null when the frame cannot be read as it is. */
  async #copy(frame: VideoFrame): Promise<FramePixels | null> {
    const { format, colorSpace, displayWidth: width, displayHeight: height } = frame;
    if (!isUpright(frame)) return null;
    switch (format) {
      case 'RGBA': case 'RGBX': case 'BGRA': case 'BGRX':
        return isPlain(colorSpace) ? { source: { format, width, height, ...await this.#copyPlanes(frame) }, path: paths[format], canvas: null } : null;
      case 'I420': case 'NV12': {
        const colour = yuvColour(colorSpace);
        return colour === null ? null : { source: { format, width, height, colour, ...await this.#copyPlanes(frame) }, path: paths[format], canvas: null };
      }
      default:
        return null;
    }
  }

  async #copyPlanes(frame: VideoFrame): Promise<Pick<PixelSource, 'data' | 'planes'>> {
    const bytes = frame.allocationSize();
    if (this.#memory.length < bytes) this.#memory = new Uint8Array(bytes);
    return { planes: await frame.copyTo(this.#memory), data: this.#memory };
  }

  /**
   * A bitmap's pixels are reached as those of a frame many times faster than over a canvas. Where they are not opaque
   * only a canvas takes the alpha out of the colours again.
   */
  async #copyBitmap(bitmap: ImageBitmap): Promise<FramePixels | null> {
    if (typeof VideoFrame === 'undefined') return null;
    const frame = new VideoFrame(bitmap, { timestamp: 0 });
    try {
      const pixels = await this.#copy(frame);
      if (pixels === null || pixels.path === 'I420' || pixels.path === 'NV12') return pixels;
      return isOpaque(this.#memory, bitmap.width * bitmap.height * 4) ? pixels : null;
    } finally {
      frame.close();
    }
  }

  #draw(frame: VideoFrame | ImageBitmap, width: number, height: number): FramePixels {
    const context = this.#contextOf(width, height);
    // What is not opaque must not mix with the frame before.
    context.clearRect(0, 0, width, height);
    context.drawImage(frame, 0, 0, width, height);
    return { source: rgbaPixels(context.getImageData(0, 0, width, height)), path: 'canvas', canvas: context.canvas };
  }

  #contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
    this.#context ??= new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (this.#context === null) throw new LitescopeError('INVALID_IMAGE', text.noCanvas);
    const { canvas } = this.#context;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return this.#context;
  }
}
