/** What a person sees when a camera fails, in the Live view: why, what to do, and that all else goes on. */
import type { Page } from '@playwright/test';
import { allowed, deviceTest as test, greyCamera, refused } from './support/devices';
import { expect } from './support/fixtures';
import { show } from './support/views';

async function openLive(page: Page): Promise<void> {
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'live');
  await expect(page.getByTestId('live-camera')).toBeEnabled();
}

async function framesShown(page: Page): Promise<number> {
  return Number((await page.getByTestId('count-processed').innerText()).replaceAll(',', ''));
}

/** The count once it stands still: it is read a few times a second, so that the last frames are counted after the stream's end is told. */
async function settledFrames(page: Page): Promise<number> {
  let last = Number.NaN;
  await expect.poll(async () => {
    const [previous, now] = [last, await framesShown(page)];
    last = now;
    return now === previous;
  }, { intervals: [1000] }).toBe(true);
  return last;
}

/** Whatever went wrong before: a picture streams, and then stops. */
async function expectPictureToStream(page: Page): Promise<void> {
  for (const source of ['live-camera', 'live-video', 'live-image', 'live-screen']) await expect(page.getByTestId(source)).toBeEnabled();
  await page.getByTestId('live-image').click();
  await expect(page.getByTestId('live-ran')).toContainText('Sample photo');
  await expect(page.getByTestId('live')).toContainText('1 face found');
  const before = await framesShown(page);
  await expect.poll(() => framesShown(page)).toBeGreaterThan(before);
}

test('a camera that is refused says what to do, and other sources stay available', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), refused]);
  await openLive(page);
  await page.getByTestId('live-camera').click();
  const card = page.getByTestId('live').getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'CAMERA_DENIED');
  await expect(card).toContainText('The camera may not be used');
  await expect(card).toContainText('Allow the camera for this page in the browser and in the system’s settings');
  await expectPictureToStream(page);
  // What was said of the camera is not true of the picture.
  await expect(card).toHaveCount(0);
});

test('without a camera the page says so, and other sources stay available', async ({ openWith }) => {
  const page = await openWith(['--use-fake-device-for-media-stream=device-count=0', allowed]);
  await openLive(page);
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live').getByTestId('error-card')).toHaveAttribute('data-code', 'NO_CAMERA');
  await expectPictureToStream(page);
});

test('a camera that another program holds is said to be busy, and other sources stay available', async ({ openWith }) => {
  const page = await openWith([...await greyCamera(), allowed]);
  await openLive(page);
  // The fake camera can be had any number of times: what a held one answers is put in its place.
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
  });
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live').getByTestId('error-card')).toHaveAttribute('data-code', 'CAMERA_BUSY');
  await expectPictureToStream(page);
});

test('a camera that is lost while it streams is told, and the stream goes on with another source', async ({ openWith }) => {
  const page = await openWith(await greyCamera(), { permissions: ['camera'] });
  await openLive(page);
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live-ran')).toContainText('320 × 240 pixels');
  await expect.poll(() => framesShown(page)).toBeGreaterThan(0);
  // The person takes the permission back: the browser ends the camera's track, as when it is unplugged.
  await page.context().clearPermissions();
  const note = page.getByTestId('live-interrupted');
  await expect(note).toHaveAttribute('data-code', 'SOURCE_LOST');
  await expect(note).toContainText('The camera was disconnected or taken away.');
  await expect(note).toContainText('Choose a source to go on.');
  // The last picture and its figures stay, and nothing moves on.
  await expect(page.getByTestId('live-picture')).toBeVisible();
  await expect(page.getByTestId('live-pause')).toBeDisabled();
  const before = await settledFrames(page);
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live').getByTestId('error-card')).toHaveAttribute('data-code', 'CAMERA_DENIED');
  await expect(note).toBeVisible();
  expect(await framesShown(page)).toBe(before);
  await expectPictureToStream(page);
  await expect(note).toHaveCount(0);
  // And back to the camera, as soon as it may be used again.
  await page.context().grantPermissions(['camera']);
  await page.getByTestId('live-camera').click();
  await expect(page.getByTestId('live-ran')).toContainText('320 × 240 pixels');
  const shown = await framesShown(page);
  await expect.poll(() => framesShown(page)).toBeGreaterThan(shown);
  await expect.poll(() => page.evaluate(() => window.sourceBench.seen.length)).toBeGreaterThan(0);
  await page.getByTestId('live-stop').click();
  await expect.poll(() => page.evaluate(() => window.sourceBench.open())).toBe(0);
});
