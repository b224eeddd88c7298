/** Films for the browser's fake camera in which a picture moves, turns and grows by a known map, each frame's number in it. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { bar } from './fake-camera';
import { madeOnce } from './films';

export const turning = { width: 640, height: 480, frames: 96, framesPerSecond: 16 } as const;

/** Part of a picture, in its own pixels, and how wide it is shown in pixels of the film, before it grows and shrinks. */
export interface Subject {
  readonly name: string;
  readonly path: string;
  readonly part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly shown: number;
  /** What is around it, as CSS. */
  readonly background: string;
}

/** x' = a·x + c·y + e, y' = b·x + d·y + f. */
export interface AffineMap { readonly a: number; readonly b: number; readonly c: number; readonly d: number; readonly e: number; readonly f: number }

/** From the centre of the subject's part, in pixels of the film at the subject's usual size, to a frame; the last frame goes on with the first. */
export function mapIn(frame: number): AffineMap {
  const phase = (frame / turning.frames) * 2 * Math.PI;
  const angle = 0.6 * Math.sin(phase);
  const scale = 1 + 0.15 * Math.sin(2 * phase);
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  return { a: cos, b: sin, c: -sin, d: cos, e: 320 - 130 * Math.cos(phase), f: 220 + 40 * Math.sin(2 * phase) };
}

/**
 * Makes the film as raw video (.y4m), once: the browser draws each frame and makes planes of it (BT.601, limited range).
 * @returns its path
 */
export function makeTurningFilm({ name, path, part, shown, background }: Subject, executablePath: string | undefined): Promise<string> {
  return madeOnce(`turning-${name}.y4m`, async () => {
    const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
    try {
      const page = await browser.newPage();
      const picture = `data:image/jpeg;base64,${readFileSync(path).toString('base64')}`;
      const maps = Array.from({ length: turning.frames }, (_, frame) => mapIn(frame));
      const chunks = [Buffer.from(`YUV4MPEG2 W${turning.width} H${turning.height} F${turning.framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
      const drawing = await page.evaluateHandle(async ({ picture, part, shown, background, turning, bar }) => {
        const image = new Image();
        image.src = picture;
        await image.decode();
        const { width, height } = turning;
        const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
        if (context === null) throw new Error('There is no canvas.');
        context.imageSmoothingQuality = 'high';
        const scale = shown / part.width;
        return (map: { a: number; b: number; c: number; d: number; e: number; f: number }, frame: number): string => {
          context.resetTransform();
          context.fillStyle = background;
          context.fillRect(0, 0, width, height);
          context.setTransform(map.a, map.b, map.c, map.d, map.e, map.f);
          context.drawImage(image, part.x, part.y, part.width, part.height, -(part.width * scale) / 2, -(part.height * scale) / 2, part.width * scale, part.height * scale);
          context.resetTransform();
          for (let bit = 0; bit < bar.bits; bit++) {
            context.fillStyle = ((frame >> (bar.bits - 1 - bit)) & 1) === 1 ? '#fff' : '#000';
            context.fillRect(bit * bar.size, height - bar.size, bar.size, bar.size);
          }
          const { data } = context.getImageData(0, 0, width, height);
          const planes = new Uint8Array((width * height * 3) / 2);
          for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
            const start = (y * width + x) * 4;
            const [red, green, blue] = [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
            planes[y * width + x] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
            if ((x | y) % 2 !== 0) continue;
            const place = width * height + (y / 2) * (width / 2) + x / 2;
            planes[place] = 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255;
            planes[place + (width * height) / 4] = 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255;
          }
          let text = '';
          for (let start = 0; start < planes.length; start += 8192) text += String.fromCharCode(...planes.subarray(start, start + 8192));
          return btoa(text);
        };
      }, { picture, part, shown, background, turning, bar });
      for (const [frame, map] of maps.entries()) {
        chunks.push(Buffer.from('FRAME\n'), Buffer.from(await drawing.evaluate((draw, [next, number]) => draw(next, number), [map, frame] as const), 'base64'));
      }
      return Buffer.concat(chunks);
    } finally {
      await browser.close();
    }
  });
}
