import { Layer } from '../shared/draw-layer';
import type { FramePixels } from './frame-reader';

/** Whether this browser converts a frame's pixels to RGBA as it copies them; others ignore what they do not know. */
function convertsOnCopy(): boolean {
  const probe = new VideoFrame(new Uint8Array(6), { format: 'I420', codedWidth: 2, codedHeight: 2, timestamp: 0 });
  try {
    return probe.allocationSize({ format: 'RGBA' }) === 2 * 2 * 4;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

/** Formats with a byte that means nothing are left out: copying takes it for alpha. */
const copied: readonly (VideoPixelFormat | null)[] = ['I420', 'NV12', 'RGBA', 'BGRA'];

/** How often both ways are tried: the first time each makes its memory. */
const trials = 3;

/**
 * Makes frames into what canvases draw fast, one after the other, in memory that it keeps. In Chromium copying a frame's pixels
 * as RGBA takes half the time of drawing the `VideoFrame` itself, in Firefox twelve times as long: the first frame is taken
 * both ways, and the others by the faster one. Belongs to a worker.
 */
export class FrameImage {
  readonly #layer = new Layer();
  #pixels: ImageData | null = null;
  #converts: boolean | null = null;

  /**
   * @param read what a `FrameReader` made of this very frame: what it has drawn already is not drawn again
   * @returns the frame in its own size, until the next one is asked for; the frame itself where nothing is faster
   */
  async of(frame: VideoFrame | ImageBitmap, { canvas }: Pick<FramePixels, 'canvas'>): Promise<CanvasImageSource> {
    if (canvas !== null) return canvas;
    if (!('copyTo' in frame) || !copied.includes(frame.format) || !(this.#converts ??= convertsOnCopy() && await this.#copiesFaster(frame))) return frame;
    await this.#copy(frame);
    return this.#layer.canvas;
  }

  async #copiesFaster(frame: VideoFrame): Promise<boolean> {
    const [copying, drawing]: [number[], number[]] = [[], []];
    for (let trial = 0; trial < trials; trial++) {
      const started = performance.now();
      const context = await this.#copy(frame);
      const between = performance.now();
      context.drawImage(frame, 0, 0, frame.displayWidth, frame.displayHeight);
      // Browsers draw when somebody looks.
      context.getImageData(0, 0, 1, 1);
      copying.push(between - started);
      drawing.push(performance.now() - between);
    }
    return Math.min(...copying) <= Math.min(...drawing);
  }

  async #copy(frame: VideoFrame): Promise<OffscreenCanvasRenderingContext2D> {
    const { displayWidth: width, displayHeight: height } = frame;
    const context = this.#layer.sized(width, height);
    if (this.#pixels?.width !== width || this.#pixels.height !== height) this.#pixels = context.createImageData(width, height);
    await frame.copyTo(this.#pixels.data, { format: 'RGBA' });
    context.putImageData(this.#pixels, 0, 0);
    return context;
  }
}
