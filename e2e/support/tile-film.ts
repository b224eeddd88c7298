/** A film of one still picture in tiles of many colours, and what a model is to get of it by plain arithmetic. */
import { madeOnce } from './films';

export const tileFilm = { width: 320, height: 240, tile: 10, framesPerSecond: 30 } as const;

type Triple = readonly [first: number, second: number, third: number];

/** Y, U, V of a tile (BT.601, limited range): all within what R, G, B can show. */
function codesOf(x: number, y: number): Triple {
  const [column, row] = [Math.floor(x / tileFilm.tile), Math.floor(y / tileFilm.tile)];
  return [80 + ((column * 7 + row * 5) % 16) * 5, 108 + ((column * 3 + row) % 9) * 5, 106 + ((column + row * 5) % 10) * 5];
}

/** Launch arguments that make the film the camera, as raw video (.y4m), which Chromium's fake camera plays over and over. */
export async function tileCamera(): Promise<string[]> {
  const path = await madeOnce('tiles.y4m', tilesFile);
  return ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
}

function tilesFile(): Buffer {
  const { width, height, framesPerSecond } = tileFilm;
  const planes = [0, 1, 2].map((lane) => {
    const step = lane === 0 ? 1 : 2;
    const [across, down] = [width / step, height / step];
    return Buffer.from(Array.from({ length: across * down }, (_, index) => codesOf((index % across) * step, Math.floor(index / across) * step)[lane as 0 | 1 | 2]));
  });
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`), Buffer.from('FRAME\n'), ...planes]);
}

/** ITU-R BT.601: luma is 0.299 R + 0.587 G + 0.114 B, the differences of blue and red to it are halved to ±1 and scaled to ±112. */
function rgbOf([y, u, v]: Triple): Triple {
  const luma = (255 / 219) * (y - 16);
  return [luma + (255 / 224) * 1.402 * (v - 128), luma - (255 / 224) * (0.114 * 1.772 * (u - 128) + 0.299 * 1.402 * (v - 128)) / 0.587, luma + (255 / 224) * 1.772 * (u - 128)];
}

/**
 * R, G, B of each pixel, in rows, when the film is brought into `side` × `side` pixels: the average of all that a pixel
 * covers, black where that is nothing. Pixels of the film are counted one by one.
 */
export function tilesSeen(fit: 'crop' | 'letterbox' | 'stretch', side: number): Triple[] {
  const { width, height } = tileFilm;
  const span = { crop: [height, height], letterbox: [width, width], stretch: [width, height] }[fit] as [number, number];
  const [left, top] = [(width - span[0]) / 2, (height - span[1]) / 2];
  return Array.from({ length: side * side }, (_, index) => {
    const [column, row] = [index % side, Math.floor(index / side)];
    const [across, down] = [span[0] / side, span[1] / side];
    const sum = [0, 0, 0] as [number, number, number];
    let covered = 0;
    for (let y = top + row * down; y < top + (row + 1) * down; y++) {
      for (let x = left + column * across; x < left + (column + 1) * across; x++) {
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        const codes = codesOf(x, y);
        for (const lane of [0, 1, 2] as const) sum[lane] += codes[lane];
        covered++;
      }
    }
    return covered === 0 ? [0, 0, 0] : rgbOf([sum[0] / covered, sum[1] / covered, sum[2] / covered]);
  });
}
