/** A film for the browser's fake camera: a real photo that moves across the frame, with each frame's number in it. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { facePhoto } from './files';
import { madeOnce } from './films';

export const film = { width: 640, height: 480, frames: 90, framesPerSecond: 30 } as const;

/** Part of the third sample photo with one face in it, in the photo's pixels. */
const crop = { x: 950, y: 110, width: 400, height: 520 };

/** The face within it, from ear to cheek and brow to chin, marked by eye in the photo's pixels. */
const markedFace = { x: 1070, y: 240, width: 235, height: 270 };

/** The crop is shown in this size, in pixels of the film. */
const scale = 0.6;
const shown = { width: crop.width * scale, height: crop.height * scale };

/** The frame's number as bits, first the highest, in squares at the film's lower left. */
export const bar = { bits: 7, size: 16 } as const;

/** Where the crop's upper left corner is in a frame: from left to right and back, up and down. */
function cornerIn(frame: number): { x: number; y: number } {
  const phase = (frame / film.frames) * 2 * Math.PI;
  return { x: Math.round(200 - 140 * Math.cos(phase)), y: Math.round(100 + 30 * Math.sin(phase)) };
}

/** The known face in a frame of the film, in the film's pixels. */
export function faceIn(frame: number): { x: number; y: number; width: number; height: number } {
  const corner = cornerIn(frame);
  return { x: corner.x + (markedFace.x - crop.x) * scale, y: corner.y + (markedFace.y - crop.y) * scale, width: markedFace.width * scale, height: markedFace.height * scale };
}

/**
 * Makes the film as raw video (.y4m), once: the browser decodes the photo and scales it, this writes planes.
 * @returns its path
 */
export function makeFilm(executablePath: string | undefined): Promise<string> {
  return madeOnce(`face-${film.width}x${film.height}-${film.frames}.y4m`, async () => {
    const pixels = await scaledCrop(executablePath);
    const chunks = [Buffer.from(`YUV4MPEG2 W${film.width} H${film.height} F${film.framesPerSecond}:1 Ip A1:1 C420jpeg\n`)];
    for (let frame = 0; frame < film.frames; frame++) chunks.push(Buffer.from('FRAME\n'), planesOf(frame, pixels));
    return Buffer.concat(chunks);
  });
}

async function scaledCrop(executablePath: string | undefined): Promise<Uint8Array> {
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
  try {
    const page = await browser.newPage();
    const photo = `data:image/jpeg;base64,${readFileSync(facePhoto(3)).toString('base64')}`;
    const base64 = await page.evaluate(async ({ address, part, size }) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
      if (context === null) throw new Error('There is no canvas.');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, part.x, part.y, part.width, part.height, 0, 0, size.width, size.height);
      let text = '';
      for (const byte of context.getImageData(0, 0, size.width, size.height).data) text += String.fromCharCode(byte);
      return btoa(text);
    }, { address: photo, part: crop, size: shown });
    return Buffer.from(base64, 'base64');
  } finally {
    await browser.close();
  }
}

/** One frame as planes Y, U and V (BT.601, limited range, as cameras give it): grey, with the crop in its place. */
function planesOf(frame: number, pixels: Uint8Array): Buffer<ArrayBuffer> {
  const { width, height } = film;
  const planes = Buffer.alloc((width * height * 3) / 2, 128);
  const luma = planes.subarray(0, width * height);
  const corner = cornerIn(frame);
  const colour = (x: number, y: number): readonly [number, number, number] | null => {
    const [column, row] = [x - corner.x, y - corner.y];
    if (column < 0 || row < 0 || column >= shown.width || row >= shown.height) return null;
    const start = (row * shown.width + column) * 4;
    return [pixels[start] ?? 0, pixels[start + 1] ?? 0, pixels[start + 2] ?? 0];
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const rgb = colour(x, y);
      if (rgb !== null) luma[y * width + x] = 16 + (65.481 * rgb[0] + 128.553 * rgb[1] + 24.966 * rgb[2]) / 255;
    }
  }
  const chroma = (width * height) / 4;
  for (let y = 0; y < height / 2; y++) {
    for (let x = 0; x < width / 2; x++) {
      const rgb = colour(x * 2, y * 2);
      if (rgb === null) continue;
      const place = width * height + (y * width) / 2 + x;
      planes[place] = 128 + (-37.797 * rgb[0] - 74.203 * rgb[1] + 112 * rgb[2]) / 255;
      planes[place + chroma] = 128 + (112 * rgb[0] - 93.786 * rgb[1] - 18.214 * rgb[2]) / 255;
    }
  }
  for (let bit = 0; bit < bar.bits; bit++) {
    const bright = ((frame >> (bar.bits - 1 - bit)) & 1) === 1;
    for (let y = height - bar.size; y < height; y++) luma.fill(bright ? 235 : 16, y * width + bit * bar.size, y * width + (bit + 1) * bar.size);
  }
  return planes;
}

/** Launch arguments that make a film the camera, and allow it without asking. */
export function cameraArguments(path: string): string[] {
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
}
