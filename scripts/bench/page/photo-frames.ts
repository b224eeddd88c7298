/** Frames of 640 × 480 with a face in them, as a camera gives them: one photo at different places. */
import photo from '../../../public/samples/grace-hopper.jpg?url';
import type { LiveFrameKind } from '../live-types';

export const frameSize = { width: 640, height: 480 } as const;
const count = 8;

async function pictures(): Promise<Uint8ClampedArray<ArrayBuffer>[]> {
  const { width, height } = frameSize;
  const bitmap = await createImageBitmap(await (await fetch(photo)).blob());
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas.');
  const scale = height / bitmap.height;
  return Array.from({ length: count }, (_, index) => {
    context.fillStyle = '#808080';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, ((width - bitmap.width * scale) * index) / (count - 1), 0, bitmap.width * scale, height);
    return context.getImageData(0, 0, width, height).data;
  });
}

/** BT.601 in limited range, chroma of each block's first pixel. */
function planesOf(rgba: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  const { width, height } = frameSize;
  const planes = new Uint8Array((width * height * 3) / 2);
  const colour = (pixel: number) => [rgba[pixel * 4] ?? 0, rgba[pixel * 4 + 1] ?? 0, rgba[pixel * 4 + 2] ?? 0] as const;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red, green, blue] = colour(pixel);
    planes[pixel] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
  }
  const chroma = (width * height) / 4;
  for (let place = 0; place < chroma; place++) {
    const row = Math.floor(place / (width / 2));
    const [red, green, blue] = colour(row * 2 * width + (place % (width / 2)) * 2);
    planes[width * height + place] = 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255;
    planes[width * height + chroma + place] = 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255;
  }
  return planes;
}

/** Gives frame `index`, modulo the set, to be closed by the caller. */
export async function photoFrames(kind: LiveFrameKind): Promise<{ readonly count: number; make(index: number): VideoFrame }> {
  const { width, height } = frameSize;
  const set = (await pictures()).map((rgba) => (kind === 'RGBA' ? new Uint8Array(rgba.buffer) : planesOf(rgba)));
  return {
    count,
    // Without a colour space, as cameras give them.
    make: (index) => new VideoFrame(set[index % count] ?? new Uint8Array(0), { format: kind, codedWidth: width, codedHeight: height, timestamp: index * 33_333, ...(kind === 'RGBA' ? {} : { colorSpace: {} }) }),
  };
}
