/** Per-op times: every op of every model is accounted for, whatever the runtime made of it. */
import type { OpProfile } from '../src/report/op-profile';
import type { SerializedError } from '../src/errors';
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, serveFiles, sharedModel, test } from './support/fixtures';

/** Few runs: how long an op takes is no matter here. */
const plan = { warmup_runs: 1, warmup_min_secs: 0, num_runs: 8, min_secs: 0, max_secs: 10 };

type Outcome = { readonly profile: OpProfile; readonly opCount: number } | { readonly error: SerializedError };

async function profile(page: Page, source: { readonly gallery: string } | { readonly address: string }, threads = 1): Promise<Outcome> {
  return page.evaluate(async ({ from, plan, threads }) => {
    const { litescope } = window;
    const model = 'gallery' in from ? await litescope.openFromGallery(from.gallery) : await litescope.open(from.address);
    try {
      const { op_profile } = await litescope.profile(model.id, { runtime: 'tfjs-tflite', accelerator: 'wasm', threads }, {}, { plan, fallback: false });
      return { profile: op_profile, opCount: model.summary.opCount };
    } catch (error) {
      if (error instanceof Error && 'serialize' in error) return { error: (error as Error & { serialize(): SerializedError }).serialize() };
      throw error;
    } finally {
      litescope.close(model.id);
    }
  }, { from: source, plan, threads });
}

function expectAccountedFor({ profile, opCount }: Exclude<Outcome, { readonly error: SerializedError }>): void {
  expect(profile.ops.map(({ op }) => op)).toEqual(Array.from({ length: opCount }, (_, index) => index));
  expect(profile.method).toBe('profiler');
  expect(profile.ops.filter(({ fate }) => fate.kind === 'unknown')).toEqual([]);
  for (const { fate, time_ms, times_called } of profile.ops) {
    if (fate.kind === 'fused') expect(profile.ops[fate.into]?.fate.kind).toBe('timed');
    if (fate.kind === 'timed') expect(times_called).toBe(1);
    else expect([time_ms, times_called]).toEqual([0, 0]);
  }
  const sum = profile.ops.reduce((total, { time_ms }) => total + time_ms, 0);
  expect(sum).toBeGreaterThan(0);
  // What belongs to no op is named, and nothing is left over.
  expect(profile.other_ms).toBeCloseTo(Math.max(0, profile.invoke_ms - sum), 9);
}

test.beforeEach(async ({ page }) => {
  await openPage(page);
});

test('every op of every model of the gallery is timed, fused, folded or dropped', async ({ page }) => {
  test.setTimeout(240_000);
  const ids = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(8);
  for (const gallery of ids) {
    await test.step(gallery, async () => {
      const outcome = await profile(page, { gallery });
      if ('error' in outcome) expect(outcome.error.code, gallery).toBe('UNSUPPORTED_OP');
      else expectAccountedFor(outcome);
      expect('error' in outcome, gallery).toBe(gallery.startsWith('selfie-'));
    });
  }
});

for (const [name, left] of [['tf2_mobilenet_v2_1.0_224_ptq', 4], ['mobilenet_v1_0.25_128_quant', 3], ['keras_lstm_mnist_ptq', 5], ['conv_fc_mnist_srq_a8w8', 5], ['micro_speech_quantized', 2]] as const) {
  test(`every op of ${name} is accounted for, and ${left} of them are marked as not accelerated`, async ({ page }) => {
    const file = sharedModel(`${name}.tflite`);
    test.skip(file === null, `../shared/models/${name}.tflite is not there`);
    const { addresses, stop } = await serveFiles(page, [file ?? '']);
    const outcome = await profile(page, { address: addresses[0] ?? '' });
    stop();
    if ('error' in outcome) throw new Error(outcome.error.details);
    expectAccountedFor(outcome);
    expect(outcome.profile.ops.filter(({ accelerated }) => accelerated === false)).toHaveLength(left);
  });
}

test('two threads are profiled as one is', async ({ page }) => {
  const outcome = await profile(page, { gallery: 'hand-landmarks-lite' }, 2);
  if ('error' in outcome) throw new Error(outcome.error.details);
  expectAccountedFor(outcome);
});
