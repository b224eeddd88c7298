/** Squares out of photos, drawn from seeds so that every run sees the same ones. */
import { mulberry32 } from '../../../src/stats/random';
import type { Place } from '../types';

const side = 256;

type Photos = ReadonlyMap<string, ImageBitmap>;

async function photosAt(addresses: readonly string[]): Promise<Photos> {
  return new Map(await Promise.all([...new Set(addresses)].map(async (address) => [address, await createImageBitmap(await (await fetch(address)).blob())] as const)));
}

/** The square of `extent` pixels around a point of a photo, turned by an angle in radians, as a PNG of 256 × 256. */
function square(photo: ImageBitmap, x: number, y: number, extent: number, angle: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  context?.translate(side / 2, side / 2);
  context?.rotate(angle);
  context?.scale(side / extent, side / extent);
  context?.drawImage(photo, -x, -y);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Of 60 to 100 % of each photo's short side, anywhere in it. */
export async function crops(addresses: readonly string[], count: number, seed: number): Promise<readonly Blob[]> {
  const random = mulberry32(seed);
  const photos = [...(await photosAt(addresses)).values()];
  return Promise.all(Array.from({ length: count }, (_, index) => {
    const photo = photos[index % photos.length] as ImageBitmap;
    const extent = Math.min(photo.width, photo.height) * (0.6 + 0.4 * random());
    return square(photo, extent / 2 + (photo.width - extent) * random(), extent / 2 + (photo.height - extent) * random(), extent, 0);
  }));
}

/** Around places, a little beside them, in other sizes and turned by any angle, one place after the other without end. */
export async function* around(places: readonly Place[], seed: number): AsyncGenerator<Blob, void> {
  const random = mulberry32(seed);
  const photos = await photosAt(places.map(({ photo }) => photo));
  for (let index = 0; places.length > 0; index++) {
    const { photo, x, y, extent } = places[index % places.length] as Place;
    const size = extent * (0.85 + 0.45 * random());
    const aside = (): number => size * 0.16 * (random() - 0.5);
    yield await square(photos.get(photo) as ImageBitmap, x + aside(), y + aside(), size, (random() * 2 - 1) * Math.PI);
  }
}
