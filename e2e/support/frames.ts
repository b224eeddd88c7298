/** Bundled for a page by frame-pixels.spec.ts: reads made-up frames with our reader, and as the browser draws them. */
import { LitescopeError } from '../../src/errors';
import { FrameImage } from '../../src/vision/frames/worker/frame-image';
import { FrameReader, sizeOf } from '../../src/vision/frames/worker/frame-reader';
import type { PixelPath } from '../../src/vision/frames/shared/pixel-path';
import { preprocess } from '../../src/vision/frames/worker/preprocess';

export interface Comparison {
  readonly path: PixelPath;
  readonly width: number;
  readonly height: number;
  /** R, G, B of every pixel, through our reader and preprocessing into a tensor of the frame's size. */
  readonly ours: Uint8Array;
  /** R, G, B, A of every pixel, as a canvas shows them. */
  readonly canvas: Uint8Array;
  /** The same of what the frame is drawn as in a stream. */
  readonly image: Uint8Array;
}

const reader = new FrameReader();
const images = new FrameImage();

function pixelsOf(image: CanvasImageSource, width: number, height: number): Uint8Array {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  context.drawImage(image, 0, 0, width, height);
  return new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
}

/** Uses one reader for all frames, and closes the frame. */
export async function compare(frame: VideoFrame | ImageBitmap): Promise<Comparison> {
  const { width, height } = sizeOf(frame);
  const canvas = pixelsOf(frame, width, height);
  const read = await reader.read(frame);
  const view = new Uint8Array(width * height * 3);
  preprocess(read.source, { dtype: 'uint8', shape: [1, height, width, 3], view }, { fit: 'stretch', resize: 'bilinear', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } });
  const image = pixelsOf(await images.of(frame, read), width, height);
  frame.close();
  return { path: read.path, width, height, ours: view, canvas, image };
}

/** The code of the error that reading the frame ends with; null when it does not. */
export async function errorOf(frame: VideoFrame | ImageBitmap): Promise<string | null> {
  try {
    await reader.read(frame);
    return null;
  } catch (error) {
    if (error instanceof LitescopeError) return error.code;
    throw error;
  }
}

/** Patches of 4 × 4 pixels that go through colours within what R, G, B can show; `shift` changes them all. */
export function yuvPlanes(format: 'I420' | 'NV12', width: number, height: number, shift = 0): Uint8Array<ArrayBuffer> {
  const [halfWidth, halfHeight] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const chroma = halfWidth * halfHeight;
  const data = new Uint8Array(width * height + 2 * chroma);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = 60 + ((x * 5 + y * 3 + shift) % 120);
  for (let y = 0; y < halfHeight; y++) {
    for (let x = 0; x < halfWidth; x++) {
      const u = 105 + (((x >> 1) * 9 + shift) % 46);
      const v = 105 + (((y >> 1) * 11 + (x >> 1) + shift) % 46);
      const place = y * halfWidth + x;
      const [ofU, ofV] = format === 'I420' ? [place, chroma + place] : [2 * place, 2 * place + 1];
      data[width * height + ofU] = u;
      data[width * height + ofV] = v;
    }
  }
  return data;
}
