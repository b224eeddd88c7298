/** Per-op times: every op of every model is accounted for, whatever the runtime made of it. */
import { readFileSync } from 'node:fs';
import type { RuntimeName } from '../src/engine/configuration/shared/configuration';
import { parseCatalogue } from '../src/gallery/shared/catalogue';
import type { OpProfile } from '../src/report/op-profile';
import type { SerializedError } from '../src/errors';
import { decodeReport } from '../src/report/link/link-codec';
import { isMeasured } from '../src/report/report';
import type { Page } from '@playwright/test';
import { apiTest, expect, serveFiles, sharedModel, test } from './support/fixtures';
import { unevenModel } from './support/made-models';
import { openExports, openTable, show } from './support/views';

const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('../models/catalog.json', import.meta.url), 'utf8')));

/** Few runs: how long an op takes is no matter here. */
const plan = { warmup_runs: 1, warmup_min_secs: 0, num_runs: 8, min_secs: 0, max_secs: 10 };

type Outcome = { readonly profile: OpProfile; readonly opCount: number } | { readonly error: SerializedError };

async function profile(page: Page, source: { readonly gallery: string } | { readonly address: string }, threads = 1, runtime: RuntimeName = 'tfjs-tflite'): Promise<Outcome> {
  return page.evaluate(async ({ from, plan, threads, runtime }) => {
    const { litescope } = window;
    const model = 'gallery' in from ? await litescope.openFromGallery(from.gallery) : await litescope.open(from.address);
    try {
      const { op_profile } = await litescope.profile(model.id, { runtime, accelerator: 'wasm', threads }, {}, { plan, fallback: false });
      return { profile: op_profile, opCount: model.summary.opCount };
    } catch (error) {
      if (error instanceof Error && 'serialize' in error) return { error: (error as Error & { serialize(): SerializedError }).serialize() };
      throw error;
    } finally {
      litescope.close(model.id);
    }
    // Slicing ends with the plan's longest time; a few parts are enough for what is asked here.
  }, { from: source, plan: runtime === 'tfjs-tflite' ? plan : { ...plan, max_secs: 4 }, threads, runtime });
}

function expectAccountedFor({ profile, opCount }: Exclude<Outcome, { readonly error: SerializedError }>, method: OpProfile['method'] = 'profiler'): void {
  expect(profile.ops.map(({ op }) => op)).toEqual(Array.from({ length: opCount }, (_, index) => index));
  expect(profile.method).toBe(method);
  expect(profile.ops.filter(({ fate }) => fate.kind === 'unknown')).toEqual([]);
  for (const { fate, time_ms, times_called } of profile.ops) {
    if (fate.kind === 'fused') expect(profile.ops[fate.into]?.fate.kind).toBe('timed');
    if (fate.kind === 'timed') expect(times_called).toBe(1);
    else expect([time_ms, times_called]).toEqual([0, 0]);
  }
  const sum = profile.ops.reduce((total, { time_ms }) => total + time_ms, 0);
  expect(sum).toBeGreaterThan(0);
  // What belongs to no op is named, and nothing is left over.
  expect(sum + profile.other_ms - (profile.excess_ms ?? 0)).toBeCloseTo(profile.invoke_ms, 6);
  expect(profile.other_ms * (profile.excess_ms ?? 0)).toBe(0);
}

apiTest('every op of every model of the gallery is timed, fused, folded or dropped', async ({ page }) => {
  test.setTimeout(240_000);
  const ids = await page.evaluate(async () => (await window.litescope.gallery()).map(({ id }) => id));
  expect(ids).toEqual(models.map(({ id }) => id));
  for (const gallery of ids) {
    await test.step(gallery, async () => {
      // What tfjs-tflite lacks an op for is timed by its parts.
      const isCustom = gallery.startsWith('selfie-');
      if (isCustom) expect(await profile(page, { gallery })).toMatchObject({ error: { code: 'UNSUPPORTED_OP' } });
      const outcome = await profile(page, { gallery }, 1, isCustom ? 'litert' : 'tfjs-tflite');
      if ('error' in outcome) throw new Error(`${gallery}: ${outcome.error.details}`);
      expectAccountedFor(outcome, isCustom ? 'slicing' : 'profiler');
    });
  }
});

for (const [name, left] of [['tf2_mobilenet_v2_1.0_224_ptq', 4], ['mobilenet_v1_0.25_128_quant', 3], ['keras_lstm_mnist_ptq', 5], ['conv_fc_mnist_srq_a8w8', 5], ['micro_speech_quantized', 2]] as const) {
  apiTest(`every op of ${name} is accounted for, and ${left} of them are marked as not accelerated`, async ({ page }) => {
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

apiTest('two threads are profiled as one is', async ({ page }) => {
  const outcome = await profile(page, { gallery: 'hand-landmarks-lite' }, 2);
  if ('error' in outcome) throw new Error(outcome.error.details);
  expectAccountedFor(outcome);
});

apiTest('a runtime without a clock is timed by parts of the model: all of the time belongs to ops, and most of it to the op with most work', async ({ page }) => {
  const { op_profile, parts, fractions } = await page.evaluate(async ({ bytes, plan }) => {
    const { litescope } = window;
    const model = await litescope.open(new File([bytes], 'uneven.tflite'));
    const parts: number[] = [];
    const fractions: number[] = [];
    const { op_profile } = await litescope.profile(model.id, { runtime: 'litert', accelerator: 'wasm', threads: 1 }, {}, {
      plan, fallback: false,
      onProgress: (progress) => {
        if (progress.kind !== 'slicing') return;
        parts.push(progress.parts);
        fractions.push(progress.fraction);
      },
    });
    return { op_profile, parts, fractions };
  }, { bytes: Uint8Array.from(unevenModel()), plan: { ...plan, max_secs: 25 } });
  expect(op_profile.method).toBe('slicing');
  expect(op_profile.ops.map(({ kind, fate }) => [kind, fate.kind])).toEqual([['CONV_2D', 'timed'], ['RELU', 'fused'], ['CONV_2D', 'timed'], ['CONV_2D', 'timed'], ['CONV_2D', 'timed']]);
  expect(op_profile.ops[1]?.fate).toEqual({ kind: 'fused', into: 0 });
  const sum = op_profile.ops.reduce((total, { time_ms }) => total + time_ms, 0);
  expect(sum).toBeCloseTo(op_profile.invoke_ms, 6);
  const [first, , wide, heavy, last] = op_profile.ops.map(({ time_ms }) => time_ms / sum);
  expect(heavy).toBeGreaterThan(0.5);
  expect(Math.max(first ?? 1, wide ?? 1, last ?? 1)).toBeLessThan(heavy ?? 0);
  for (const { time_ms, interval_ms } of op_profile.ops) {
    if (interval_ms !== null) expect([interval_ms[0] <= time_ms, time_ms <= interval_ms[1]]).toEqual([true, true]);
  }
  // Four ops alone at least; the last that is heard has the number of all.
  expect(parts.at(-1)).toBeGreaterThanOrEqual(4);
  expect(parts).toEqual([...parts].sort((one, other) => one - other));
  expect(fractions.at(-1)).toBe(1);
  expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
});

test.describe('in the page', () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/?model=hand-landmarks-lite');
    await show(page, 'ops');
  });

  test('a profile is a table, a drawing and a summary that share one selection, and colours the graph', async ({ page }) => {
    await page.getByTestId('profile-start').click();
    const table = page.getByTestId('profile-table');
    await expect(table).toHaveAttribute('aria-rowcount', '66', { timeout: 60_000 });
    await openTable(page, 'profile-kinds');
    await expect(page.getByTestId('profile-kinds').getByRole('rowheader', { name: 'CONV_2D', exact: true })).toBeVisible();

    // The rows are sorted by time, and the first of them is the one that the sentence names, and the drawing and the inspector show.
    await expect(page.getByTestId('profile-by-time')).toBeChecked();
    const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') });
    const first = rows.first();
    await first.click();
    const op = await first.getByRole('gridcell').first().textContent();
    await expect(page.getByTestId('profile-sentence')).toContainText(`Op ${op}, `);
    await expect(page.getByTestId('profile-icicle').locator('.selected')).toHaveAttribute('data-op', op ?? '');
    await expect(page.getByTestId('inspector')).toContainText(`Op ${op}`);
    const times = await rows.evaluateAll((shown) => shown.map((row) => Number(row.querySelectorAll('[role=gridcell]')[2]?.textContent)));
    expect(times).toEqual([...times].sort((one, other) => other - one));

    // The keyboard moves through all of it.
    await table.press('ArrowDown');
    await expect(table.locator('[aria-selected=true]')).toHaveAttribute('aria-rowindex', '3');
    await expect(table.getByRole('columnheader')).toHaveText(['#', 'Op', 'Time, ms', '95 %, ms', 'Share', 'Sum', 'MACs', 'GFLOP/s', 'Bytes', 'Called', 'Ran as']);
    // The drawing goes from its first op that has a time to the one behind it, and says so.
    const icicle = page.getByTestId('profile-icicle');
    const inOrder = await icicle.locator('[data-op]').evaluateAll((boxes) => boxes.map((box) => Number((box as HTMLElement).dataset['op'])).sort((one, other) => one - other));
    await icicle.locator(`[data-op="${inOrder[0]}"]`).click();
    await icicle.press('ArrowRight');
    await expect(icicle.locator('.selected')).toHaveAttribute('data-op', String(inOrder[1]));
    await expect(page.getByText(new RegExp(`^Op ${inOrder[1]}, [A-Z0-9_]+, [\\d.]+ ms, [\\d.]+ percent$`))).toBeAttached();

    // Ops that are computed once are in the table, with what became of them.
    await page.getByTestId('profile-timed-only').uncheck();
    await expect(table).toHaveAttribute('aria-rowcount', '168');
    await page.getByTestId('profile-by-run').check();
    await table.press('Home');
    await expect(rows.first()).toContainText('folded at load');

    await page.getByTestId('profile-colour').click();
    await expect(page.getByTestId('graph-legend')).toContainText('Time');
    await expect(page.getByTestId('graph-legend')).toContainText('ms');
  });

  test('a profile is saved as CSV, as text, as a trace and as node data', async ({ page }) => {
    await page.getByTestId('profile-start').click();
    await expect(page.getByTestId('profile-table')).toBeVisible({ timeout: 60_000 });
    const save = async (format: string) => {
      await openExports(page);
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(`profile-${format}`).click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
    };
    const csv = await save('csv');
    expect(csv.name).toMatch(/\.profile\.csv$/);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(168);
    expect((await save('text')).text).toContain('============================== Summary by node type ==============================');
    const trace = JSON.parse((await save('trace')).text) as { traceEvents: { ph: string }[] };
    expect(trace.traceEvents.filter(({ ph }) => ph === 'X').length).toBeGreaterThanOrEqual(65);
    const nodes = JSON.parse((await save('node-data')).text) as Record<string, { results: Record<string, { value: number }> }>;
    expect(Object.keys(nodes)).toEqual(['main']);
    expect(Object.values(nodes['main']?.results ?? {})).toHaveLength(65);
  });

  test('a profile leaves the page as a link, with whole runs beside it and the way in which the ops were timed', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('profile-start').click();
    await page.getByTestId('exports').click({ timeout: 60_000 });
    await page.getByTestId('profile-share').click();
    await expect(page.getByTestId('progress')).toHaveCount(0, { timeout: 60_000 });
    await openExports(page);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const { results: [result], left_out } = decodeReport(link.slice(link.indexOf('=') + 1));
    if (result === undefined || !isMeasured(result)) throw new Error('The link holds no row.');
    expect(result.op_profile?.method).toBe('profiler');
    expect((result.op_profile?.ops.length ?? 0) + (left_out?.ops[0]?.count ?? 0)).toBe(167);
    expect(result.misc_metrics.num_runs).toBeGreaterThanOrEqual(50);
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText(/ops? of Hand landmarks/).click();
    await expect(page.getByTestId('shared-method')).toContainText('By the runtime’s own profiler');
  });

  test('a profile is cancelled, and the one before stays', async ({ page }) => {
    await page.getByTestId('profile-start').click();
    await expect(page.getByTestId('profile-table')).toBeVisible({ timeout: 60_000 });
    const invoke = await page.getByTestId('profile-invoke').textContent();
    await page.getByTestId('profile-start').click();
    await page.getByTestId('cancel').click();
    await expect(page.getByTestId('profile-start')).toBeVisible();
    await expect(page.getByTestId('profile-invoke')).toHaveText(invoke ?? '');
  });

  test('timing by parts can be cut short, and what is known by then is shown with its method', async ({ page }) => {
    await page.goto('/?model=hand-landmarks-lite&runtime=litert');
    await show(page, 'ops');
    await page.getByTestId('profile-start').click();
    await expect(page.getByTestId('progress')).toContainText(/Timing parts of the model beside the whole: \d\d? parts; cancel to keep what is known/, { timeout: 60_000 });
    await page.getByTestId('cancel').click();
    // A cancel waits for the part that runs.
    await expect(page.getByTestId('profile-table')).toHaveAttribute('aria-rowcount', '66', { timeout: 60_000 });
    await expect(page.locator('main')).toContainText('By timing parts of the model in turn with the whole');
  });
});
