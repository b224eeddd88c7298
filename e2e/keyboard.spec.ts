/** The page without a pointer, and without motion: where the focus goes, and what keys do. */
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { show } from './support/views';

/** What has the focus: its tag and its text. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => `${document.activeElement?.tagName ?? ''} ${document.activeElement?.textContent.trim() ?? ''}`);
}

async function expectFocus(page: Page, what: string): Promise<void> {
  await expect.poll(() => focused(page)).toBe(what);
}

test('the focus goes to the heading of what opens, and stays where Back and a part leave it', async ({ page }) => {
  await openPage(page);
  await expectFocus(page, 'BODY ' + await page.evaluate(() => document.body.textContent.trim()));
  await page.getByTestId('gallery-digits').press('Enter');
  await expectFocus(page, 'H1 Digits');
  for (const [view, title] of [['live', 'Live'], ['speed', 'Speed'], ['graph', 'Graph'], ['compare', 'Compare & shrink'], ['overview', 'Overview']] as const) {
    await page.getByTestId(`view-${view}`).press('Enter');
    await expectFocus(page, `H2 ${title}`);
  }
  // A tile's button goes with its view.
  await page.getByRole('article', { name: 'Latency' }).getByRole('button').press('Enter');
  await expectFocus(page, 'H2 Speed');
  await page.getByTestId('section-threads').press('Enter');
  await expectFocus(page, 'BUTTON Threads');
  await page.getByTestId('view-graph').press('Enter');
  await page.getByTestId('view-graph').focus();
  await page.goBack();
  await expect(page.getByTestId('view-speed')).toHaveAttribute('aria-current', 'page');
  await expectFocus(page, 'BUTTON Graph');
  await page.getByTestId('history-open').press('Enter');
  await expectFocus(page, 'H1 Runs');
  await page.getByRole('button', { name: 'Close the runs' }).press('Enter');
  await expectFocus(page, 'H1 Digits');
  await page.getByRole('button', { name: 'Open model' }).press('Enter');
  await expectFocus(page, 'H1 Drop a .tflite model anywhere, or pick one below.');
  await page.getByTestId('model-tab').press('Enter');
  await expectFocus(page, 'H1 Digits');
  // Closing another model leaves what is looked at.
  await page.getByRole('button', { name: 'Open model' }).press('Enter');
  await page.getByTestId('gallery-digits-int8').press('Enter');
  await expectFocus(page, 'H1 Digits, int8');
  await page.getByRole('button', { name: 'Close Digits', exact: true }).press('Enter');
  await expectFocus(page, 'H1 Digits, int8');
  await page.getByRole('button', { name: 'Close Digits, int8' }).press('Enter');
  await expectFocus(page, 'H1 Drop a .tflite model anywhere, or pick one below.');
});

test('the first Tab reaches a link that skips what every view has', async ({ page }) => {
  await openPage(page);
  const link = page.getByTestId('skip-link');
  const area = async () => (await link.boundingBox() ?? { width: 0 }).width;
  expect(await area()).toBe(1);
  await page.keyboard.press('Tab');
  await expectFocus(page, 'A Skip to the content');
  expect(await area()).toBeGreaterThan(100);
  await expect(link).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expectFocus(page, 'H1 Drop a .tflite model anywhere, or pick one below.');
  expect(await area()).toBe(1);
  await page.keyboard.press('Tab');
  await expectFocus(page, 'BUTTON Choose files…');

  await page.getByTestId('gallery-digits').click();
  await show(page, 'graph');
  await page.evaluate(() => { (document.activeElement as HTMLElement).blur(); });
  await link.focus();
  await page.keyboard.press('Enter');
  await expectFocus(page, 'H2 Graph');
  // Keys show where they have led: below the views, over the beginning of what is named.
  const [heading, views] = await Promise.all([page.locator('#view-heading').boundingBox(), page.getByTestId('view-graph').boundingBox()]);
  expect(heading?.height).toBeGreaterThan(20);
  expect(heading?.y).toBeGreaterThanOrEqual((views?.y ?? NaN) + (views?.height ?? NaN));
  await page.keyboard.press('Tab');
  await expectFocus(page, 'BUTTON Drawing');
  expect(new URL(page.url()).hash).toBe('');
});

test('a graph is walked along its tensors with keys, and each op says its name, place and time', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'graph');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '90');
  const spoken = page.getByTestId('graph-spoken');
  await page.getByTestId('graph').focus();
  for (const [key, sentence] of [
    ['Home', 'Op 2, CONV_2D 5×5 s2; step 1 of 90, 1 before it, 1 after it; from 1×128×128×3 float32; to 1×64×64×24 float32; with constants 24×5×5×3 float16, 24 float16'],
    ['ArrowUp', 'Tensor 0, input, 1×128×128×3 float32; 1 after it'],
    ['ArrowDown', 'Op 2, CONV_2D 5×5 s2; step 1 of 90, 1 before it, 1 after it; from 1×128×128×3 float32; to 1×64×64×24 float32; with constants 24×5×5×3 float16, 24 float16'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(spoken).toHaveText(sentence);
  }
  await page.keyboard.press('ArrowDown');
  await expect(spoken).toHaveText('Op 3, RELU; step 2 of 90, 1 before it, 2 after it, 1 beside it; from 1×64×64×24 float32; to 1×64×64×24 float32');
  // A block's shortcut goes around what stands beside it.
  await page.keyboard.press('ArrowRight');
  await expect(spoken).toHaveText(/^Op 9, CONV_2D 1×1; step 4 of 90, 1 before it, 1 after it, 1 beside it; from 1×64×64×24 float32; /);
  await page.keyboard.press('ArrowLeft');
  await expect(spoken).toHaveText(/^Op 3, RELU; /);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('graph-inspector')).toBeFocused();
  await expect(page.getByTestId('graph-inspector').getByRole('heading', { level: 2 })).toHaveText('RELU');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('graph')).toBeFocused();
});

test('a digit that is drawn with keys alone is run and told', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-digits').click();
  const spoken = page.getByTestId('drawing-spoken');
  const answer = page.getByTestId('decoded-list').getByRole('listitem').first();
  const press = async (...keys: readonly string[]) => { for (const key of keys) await page.keyboard.press(key); };
  const times = (count: number, key: string) => Array.from({ length: count }, () => key);
  await page.getByTestId('drawing-pad').focus();
  await expect(spoken).toHaveText('Pen lifted, column 8 of 15, row 8 of 15');
  await press(...times(5, 'ArrowUp'), 'Space');
  await expect(spoken).toHaveText('Pen down, column 8 of 15, row 3 of 15');
  await press(...times(10, 'ArrowDown'), 'Space');
  await expect(spoken).toHaveText('Pen lifted, column 8 of 15, row 13 of 15');
  await expect(answer).toContainText('1');
  await press('Tab', 'Enter');
  await expect(page.getByTestId('drawing-clear')).toBeDisabled();
  await page.getByTestId('drawing-pad').focus();
  // Along the top and down to the left: a seven.
  await press(...times(10, 'ArrowUp'), ...times(4, 'ArrowLeft'), 'Space', ...times(7, 'ArrowRight'));
  for (let step = 0; step < 5; step++) await press('ArrowDown', 'ArrowDown', 'ArrowLeft');
  await press('Space');
  await expect(answer).toContainText('7');
  await page.keyboard.press('Tab');
  await expect(spoken).toHaveText('');
});

test('what moves stands still for those who want no motion', async ({ page }) => {
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await openPage(page);
  for (const [reducedMotion, moves] of [['reduce', false], ['no-preference', true], ['reduce', false]] as const) {
    await page.emulateMedia({ reducedMotion });
    await page.mouse.move(0, 0);
    await page.getByTestId('drop-zone').hover();
    await expect(page.getByTestId('model-flow')).toHaveAttribute('data-running', String(moves));
    expect(await moving() > 0).toBe(moves);
  }
  // What says that something goes on.
  await page.getByTestId('gallery-face-detection-short-range').click();
  await page.getByTestId('overview-start').click();
  await expect(page.getByTestId('activity')).toBeVisible();
  await expect.poll(moving).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(moving).toBeGreaterThan(0);
  await page.getByTestId('activity-cancel').click();
});
