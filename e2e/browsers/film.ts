import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { hostBuild } from '../support/static-host';
import { startWithPuppeteer } from './puppeteer-driver';

/** Chromium's, not in TypeScript's library. */
declare const MediaStreamTrackGenerator: new (init: { readonly kind: 'video' }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };

/**
 * The sample photo, and beside it a band that takes on four greys one after the other, of 320 × 240 pixels. The last grey
 * stays longest: a recorder tells no duration, and WebKit does not play such a film to its end. What a canvas records itself
 * is of full range with a channel of alpha, which not every browser plays as it is meant; these frames are BT.601 of
 * limited range, as cameras have it.
 */
async function record(): Promise<string> {
  const [width, height] = [320, 240];
  const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
  if (context === null) throw new Error('There is no canvas.');
  const photo = await createImageBitmap(await (await fetch('samples/grace-hopper.jpg')).blob());
  const picture = (grey: number): Uint8Array => {
    context.drawImage(photo, 0, 0, (height * photo.width) / photo.height, height);
    context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
    context.fillRect(240, 0, 80, height);
    const { data } = context.getImageData(0, 0, width, height);
    const planes = new Uint8Array(width * height * 1.5);
    for (let place = 0; place < width * height; place++) {
      const [r = 0, g = 0, b = 0] = data.subarray(4 * place, 4 * place + 3);
      const luma = 0.299 * r + 0.587 * g + 0.114 * b;
      planes[place] = Math.round(16 + (luma * 219) / 255);
      const [x, y] = [place % width, Math.floor(place / width)];
      if (x % 2 !== 0 || y % 2 !== 0) continue;
      const chroma = width * height + (y / 2) * (width / 2) + x / 2;
      planes[chroma] = Math.round(128 + ((b - luma) * 112) / (0.886 * 255));
      planes[chroma + (width * height) / 4] = Math.round(128 + ((r - luma) * 112) / (0.701 * 255));
    }
    return planes;
  };
  const pictures = [40, 90, 140, 190].map(picture);
  const track = new MediaStreamTrackGenerator({ kind: 'video' });
  const frames = track.writable.getWriter();
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 2_000_000 });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => { recorder.addEventListener('stop', resolve); });
  recorder.start();
  const colorSpace = { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false } as const;
  for (let frame = 0; frame < 72; frame++) {
    const planes = pictures[Math.min(3, Math.floor(frame / 12))] ?? new Uint8Array();
    await frames.write(new VideoFrame(planes, { format: 'I420', codedWidth: width, codedHeight: height, timestamp: Math.round((frame * 1e6) / 30), colorSpace }));
    await new Promise(requestAnimationFrame);
  }
  recorder.stop();
  await stopped;
  return btoa(String.fromCharCode(...new Uint8Array(await new Blob(parts).arrayBuffer())));
}

/** Chromium states a channel of alpha (Matroska’s AlphaMode, 0x53c0) where there is none, and GStreamer waits for it in vain. */
function withoutAlpha(film: Buffer): Buffer {
  const stated = film.indexOf(Buffer.of(0x53, 0xc0, 0x81, 1));
  if (stated >= 0) film[stated + 3] = 0;
  return film;
}

/** Before all checks: the film that every browser plays. Not all of them can record one; Chromium can. */
export default async function makeFilm(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'litescope-film-'));
  const host = await hostBuild({ headers: true });
  const driver = await startWithPuppeteer('Chromium', process.env['LITESCOPE_BROWSER'] ?? '');
  try {
    await driver.open(host.address);
    const path = join(folder, 'film.webm');
    writeFileSync(path, withoutAlpha(Buffer.from(await driver.inPage(record, null), 'base64')));
    project.provide('film', path);
  } finally {
    await driver.close();
    await host.close();
  }
  return () => { rmSync(folder, { recursive: true, force: true }); };
}
