/** Every view of the page with results in it, for tests that look at all of them. */
import type { Page } from '@playwright/test';
import { encodeReport } from '../../src/report/link/link-codec';
import { madeReport } from '../../src/report/testing/made-report';
import { addition, buildModel, subgraph, tensor } from '../../src/tflite/testing/build';
import { dropFiles, expect } from './fixtures';
import { openExports, show } from './views';

/** Into whose inputs one and the same file of values fits. */
const twoInputs = buildModel(addition({ subgraphs: [subgraph({ tensors: [tensor({ name: 'a' }), tensor({ name: 'b' }), tensor({ name: 'out' })], inputs: [0, 1] })] }));

/** Is called wherever there is something new to look at, with the name of the place. */
export type Look = (place: string) => Promise<void>;

/** What stands there without a model, and what comes over the page: the start page, its messages, a shared report, kept runs. */
export async function walkWithoutModel(page: Page, lang: string, look: Look): Promise<void> {
  await page.goto(`/?lang=${lang}`);
  await expect(page.getByTestId('gallery-digits')).toBeVisible();
  await look('start page');
  await dropFiles(page, [{ name: 'broken.tflite', bytes: new TextEncoder().encode('no model at all') }]);
  await expect(page.getByTestId('error-card')).toBeVisible();
  await look('error card');
  await page.goto(`/?lang=${lang}&model=https://elsewhere.example/model.tflite`);
  await expect(page.locator('#link-request')).toBeVisible();
  await look('question of a link');
  await page.goto(`/?lang=${lang}`);
  await dropFiles(page, [{ name: 'sum.tflite', bytes: twoInputs }]);
  await expect(page.getByTestId('model-summary')).toContainText('sum.tflite');
  await dropFiles(page, [{ name: 'values.bin', bytes: new Uint8Array(8) }]);
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('question which input a file is for');
  await page.keyboard.press('Escape');
  await page.goto(`/?lang=${lang}#report=${encodeReport(madeReport({ ops: 12, samples: 60 }))}`);
  await expect(page.getByTestId('shared-report')).toBeVisible();
  await unfoldAll(page);
  await look('shared report');
  await page.getByTestId('shared-close').click();
  await page.getByTestId('history-open').click();
  await page.getByTestId('history-import').setInputFiles({ name: 'runs.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify({ litescope_runs: 1, runs: [10, 12.5].map((median) => ({ name: `median ${median}`, tags: ['made'], report: madeReport({ ops: 0, samples: 20 }) })) })) });
  await expect(page.getByTestId('history-row')).toHaveCount(2);
  await page.getByTestId('history-row').first().getByRole('checkbox').check();
  await look('runs');
}

/** What is seen of a model that was run and measured. Nothing is measured twice. */
export async function walkWithModel(page: Page, lang: string, look: Look): Promise<void> {
  await page.goto(`/?lang=${lang}`);
  await page.getByTestId('gallery-digits').click();
  await page.getByTestId('overview-start').click();
  await expect(page.getByTestId('overview')).toHaveAttribute('data-phase', 'done', { timeout: 90_000 });
  await unfoldAll(page);
  await look('overview');
  await show(page, 'live');
  await page.getByTestId('live-image').click();
  await expect(page.getByTestId('live-fps')).toBeVisible();
  await page.getByTestId('live-pause').click();
  await unfoldAll(page);
  await page.getByTestId('model-origin').click();
  await look('live, and where the model comes from');
  await page.keyboard.press('Escape');
  await show(page, 'benchmark');
  await expect(page.getByTestId('benchmark-result')).toBeVisible();
  await show(page, 'roofline');
  await page.getByTestId('why-start').click();
  await expect(page.getByTestId('findings').or(page.getByTestId('roof-chart')).first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByTestId('activity')).toHaveCount(0, { timeout: 60_000 });
  await unfoldAll(page);
  await openExports(page);
  await look('speed');
  await page.keyboard.press('Escape');
  await show(page, 'drawing');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', /\d+/);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(page.getByTestId('inspector')).toBeVisible();
  await unfoldAll(page);
  await look('graph');
  await show(page, 'list');
  await page.getByTestId('op-list').getByRole('row').nth(2).click();
  await unfoldAll(page);
  await page.getByTestId('share').click();
  await look('list of ops, and what can be shared');
  await page.keyboard.press('Escape');
  await show(page, 'outputs');
  await page.getByTestId('outputs-latency').selectOption('none');
  await page.getByTestId('structure-make').click();
  await expect(page.getByTestId('outputs-status')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByTestId('activity')).toHaveCount(0, { timeout: 60_000 });
  await show(page, 'runtimes');
  await page.getByTestId('cross-check-start').click();
  await expect(page.getByTestId('cross-check-table')).toBeVisible({ timeout: 60_000 });
  await show(page, 'outputs');
  await unfoldAll(page);
  await look('compare');
}

/** Opens everything that is folded. What is inside is made then, and may hold more. */
async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const folded = () => [...document.querySelectorAll('details:not([open])')].filter((details): details is HTMLDetailsElement => details instanceof HTMLDetailsElement && details.checkVisibility());
    for (let open = folded(); open.length > 0; open = folded()) {
      for (const details of open) details.open = true;
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  });
}
