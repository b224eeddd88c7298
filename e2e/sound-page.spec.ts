/** A model that hears on the page: a clip that is dropped, and the microphone live. */
import type { Page } from '@playwright/test';
import { allowed, deviceTest as test, refused } from './support/devices';
import { dropFiles, expect, sharedModel, timing } from './support/fixtures';
import { fakeMicrophone, madeClips, soundTimes } from './support/sounds';
import { configure, show } from './support/views';

const yamnet = sharedModel('yamnet_audio_classifier_with_metadata.tflite');
const wakeWord = sharedModel('okay_nabu_v2.tflite');
test.skip(yamnet === null || wakeWord === null, '../shared/models is not there');

async function openModel(page: Page, file: string | null): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(file ?? '');
  await expect(page.getByTestId('sound-fields')).toBeVisible();
}

/** The best class of each window, with its score and the time of its end, from the table behind the chart. */
async function heardOn(page: Page): Promise<readonly { readonly end_s: number; readonly label: string; readonly score: string }[]> {
  const chart = page.getByTestId('heard-chart');
  const table = chart.locator('details');
  if (!await table.evaluate((element) => element instanceof HTMLDetailsElement && element.open)) await table.locator('summary').click();
  await table.locator('tbody tr').first().waitFor();
  return (await chart.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map(({ textContent }) => textContent)))).map(([end, label, score]) => ({ end_s: Number(end), label: label ?? '', score: score ?? '' }));
}

test('a clip that is dropped is drawn, its window is moved, and its classes are told over time', async ({ openWith }) => {
  const page = await openWith([]);
  await openModel(page, yamnet);
  await expect(page.getByTestId('sound-summary')).toHaveText('Sound: 16,000 Hz, waveform, as the file says');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list').first()).toContainText('Sine wave');
  const heard = await heardOn(page);
  expect(heard).toHaveLength(15);
  for (const [name, pattern] of [['tone', /Sine wave/], ['noise', /Static|noise|Noise|Spray/]] as const) {
    const [from, to] = soundTimes[name];
    const inside = heard.filter(({ end_s }) => end_s - 0.98 >= from - 0.01 && end_s <= to + 0.01);
    expect(inside.length).toBeGreaterThanOrEqual(2);
    for (const { label } of inside) expect(label).toMatch(pattern);
  }
  expect(heard.filter(({ end_s }) => end_s > soundTimes.speech[0] + 0.9).map(({ label }) => label)).toContain('Speech');

  // A voice at the sample's end, by moving the window.
  await page.getByTestId('sound-start').fill('5.3');
  await expect(page.getByTestId('sound-window')).toHaveText('5.30 to 6.27 s of 7.50 s go in');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('decoded-list').first()).toContainText('Speech');

  await dropFiles(page, [{ name: 'tone.wav', bytes: Buffer.from((await madeClips(0.5)).tone, 'base64') }]);
  await expect(page.getByTestId('sound-fields')).toContainText('tone.wav');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('sound-notes')).toContainText('Resampled from 48,000 Hz to the model’s 16,000 Hz.');
  await expect(page.getByTestId('sound-notes')).toContainText('of silence at the end');
});

test('the microphone streams through the model: known sounds at known times, no window dropped, latency and real-time factor shown', timing, async ({ openWith }) => {
  const page = await openWith([allowed, ...await fakeMicrophone()]);
  await openModel(page, yamnet);
  await show(page, 'live');
  const live = page.getByTestId('sound-live');
  await configure(page, { threads: '1' }, live);
  await page.getByTestId('live-start').click();
  await expect.poll(async () => Number(await live.getByTestId('sound-heard').innerText().catch(() => '0')), { timeout: 30_000 }).toBeGreaterThanOrEqual(14);
  await page.getByTestId('live-end').click();
  const heard = await heardOn(page);
  // The device begins its sound a little before the page hears it.
  const early_s = 0.4;
  for (const [name, pattern] of [['tone', /Sine wave/], ['noise', /Static|noise|Noise|Spray/], ['speech', /Speech|Music|Synthesizer/]] as const) {
    const [from, to] = soundTimes[name];
    const inside = heard.filter(({ end_s }) => end_s - 0.98 >= from && end_s <= to - early_s);
    expect(inside.length).toBeGreaterThanOrEqual(1);
    for (const { label } of inside) expect(label).toMatch(pattern);
  }
  expect(heard.map(({ label }) => label)).toContain('Speech');
  await expect(live.getByTestId('sound-dropped')).toHaveText(/^0/);
  const figure = async (id: string): Promise<number> => Number.parseFloat(await live.getByTestId(id).innerText());
  expect(await figure('sound-latency')).toBeGreaterThan(0);
  expect(await figure('sound-latency')).toBeLessThan(488);
  expect(await figure('sound-factor')).toBeGreaterThan(0);
  expect(await figure('sound-factor')).toBeLessThan(0.5);
});

test('a wake word hears a clip that is played, in the order in which it remembers, and none in tones, noise and another voice', async ({ openWith }) => {
  const page = await openWith([]);
  await openModel(page, wakeWord);
  await expect(page.getByTestId('sound-summary')).toContainText('TFLite Micro’s front end, 40 × 480/160, as its family takes it');
  await page.getByTestId('run').click();
  const heard = await heardOn(page);
  // Of 7.5 s, a window of three rows every 30 ms.
  expect(heard).toHaveLength(250);
  expect(heard.filter(({ score }) => Number.parseFloat(score) >= 50)).toEqual([]);
  expect(Number.parseFloat(heard[0]?.score ?? '')).toBeGreaterThanOrEqual(0);
  await expect(page.getByTestId('heard-chart').locator('svg').first()).toHaveAttribute('aria-label', /wake word/);
  await show(page, 'live');
  const live = page.getByTestId('sound-live');
  await live.getByTestId('sound-play').click();
  await expect.poll(async () => Number(await live.getByTestId('sound-heard').innerText().catch(() => '0'))).toBeGreaterThan(30);
  await live.getByTestId('sound-stop').click();
  await expect(live.getByTestId('sound-now')).toContainText('wake word');
});

test('a microphone that is refused says what to do, and clips stay available', async ({ openWith }) => {
  const page = await openWith([refused, ...await fakeMicrophone()]);
  await openModel(page, yamnet);
  await show(page, 'live');
  await page.getByTestId('sound-microphone').click();
  const card = page.getByTestId('sound-live').getByTestId('error-card');
  await expect(card).toHaveAttribute('data-code', 'MICROPHONE_DENIED');
  await expect(card).toContainText('The microphone may not be used');
  await page.getByTestId('sound-play').click();
  await expect(page.getByTestId('sound-now')).toContainText('Sine wave');
  await expect(card).toHaveCount(0);
});
