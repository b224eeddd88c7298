import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { expect, test } from './support/fixtures';
import { openTable, show, unfold } from './support/views';

/** The same in Chinese: names of programs, runtimes, formats, units and keys, and what engineers write so. */
const sameInChinese = [
  'Litescope', 'English', 'TFLite', 'LiteRT', 'WebGPU', 'Arm', 'TensorFlow', 'Lite', 'WebAssembly', 'WebNN', 'JavaScript', 'relaxed', 'simd', 'litert', 'tfjs', 'tflite', 'kernels', 'Roofline', 'Netron', 'Model', 'Explorer', 'Worker', 'Amdahl',
  'Chromium', 'Linux', 'NumPy', 'Python', 'Kotlin', 'Ctrl', 'Enter', 'Home', 'End', 'Esc', 'Escape', 'Space', 'GFLOP', 'GMAC', 'MACs', 'bool', 'float', 'int', 'alpha', 'std', 'max', 'min', 'Hz', 'fps', 'px', 'Softmax', 'ReLU', 'Apache', 'Service', 'ImageNet', 'MediaPipe', 'Markdown', 'wasm',
  // Columns of a file, and a setting of ops.
  'file', 'label', 'same',
];

/** What the digits' file says of itself, and XNNPACK of its operators. */
const ownWords = [
  'The Litescope developers', 'Grey values from 0 (paper) to 255 (ink).', 'Digits', 'probabilities', 'features', 'scores', 'image', 'Convolution (NHWC, F32)', 'Fully Connected (NC, F32)', 'Copy (NC, X32)',
];

/** Words of English that the page shows or says: text that is in sight, and what elements are called. */
function englishOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(({ same, ownWords: said }) => {
    // Names of tensors, ops and files, and what a file says of itself, are the model's own.
    const own = '.mono, code, kbd, pre, [lang="en"], canvas, script, style';
    const isEnglish = (text: string) => (said.reduce((left, words) => left.replaceAll(words, ''), text).match(/[\p{L}\p{N}_.\-/:@]+/gu) ?? []).some((word) => /^[A-Za-z]{3,}$/.test(word) && !/^[A-Z]+s?$/.test(word) && !same.includes(word));
    const found = new Set<string>();
    const note = (text: string, where: string) => { if (isEnglish(text)) found.add(`${where}: ${text.trim().slice(0, 80)}`); };
    note(document.title, 'title');
    for (const element of document.querySelectorAll('body, body *')) {
      if (element.closest(own) !== null || !element.checkVisibility({ visibilityProperty: true })) continue;
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) note(node.textContent ?? '', element.tagName.toLowerCase());
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) note(element.getAttribute(name) ?? '', name);
    }
    return [...found];
  }, { same: sameInChinese, ownWords });
}

test.describe('in Chinese', () => {
  test.use({ byItself: true });

  test('no view has an English sentence left', async ({ page }) => {
    test.slow();
    await openPage(page, '?lang=zh-CN');
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await unfold(page.getByTestId('kept-toggle'));
    const left: Record<string, readonly string[]> = { start: await englishOn(page) };
    await page.getByTestId('gallery-digits').click();
    await expect(page.getByTestId('overview')).toHaveAttribute('data-phase', 'done', { timeout: 60_000 });
    await unfold(page.getByTestId('configuration'));
    await unfold(page.getByTestId('model-tables'));
    await page.getByTestId('share').click();
    left['overview'] = await englishOn(page);
    await page.keyboard.press('Escape');
    for (const place of ['benchmark', 'ops', 'threads'] as const) {
      await show(page, place);
      await unfold(page.locator(`#section-${place} details`).first());
    }
    await show(page, 'roofline');
    await page.getByTestId('why-start').click();
    await expect(page.getByTestId('roof-share').or(page.getByTestId('roof-doubtful'))).toBeVisible({ timeout: 60_000 });
    await openTable(page, 'roof-table');
    left['speed'] = await englishOn(page);
    await show(page, 'graph');
    await expect(page.getByTestId('graph-fit')).toBeVisible();
    await page.getByTestId('graph').press('Home');
    await expect(page.getByTestId('graph-spoken')).toContainText('算子 0，CONV_2D');
    left['graph'] = await englishOn(page);
    await show(page, 'list');
    await expect(page.getByTestId('op-list')).toBeVisible();
    left['list'] = await englishOn(page);
    await show(page, 'compare');
    left['compare'] = await englishOn(page);
    await show(page, 'variants');
    left['variants'] = await englishOn(page);
    await show(page, 'structure');
    left['structure'] = await englishOn(page);
    await show(page, 'runtimes');
    left['runtimes'] = await englishOn(page);
    await show(page, 'live');
    left['live'] = await englishOn(page);
    await page.getByTestId('history-open').click();
    await expect(page.getByTestId('history-table')).toBeVisible();
    left['runs'] = await englishOn(page);
    expect(Object.fromEntries(Object.entries(left).filter(([, words]) => words.length > 0))).toEqual({});
  });

  test('what goes wrong is told in Chinese, and in the title that its code has', async ({ page }) => {
    await openPage(page, '?lang=zh-CN');
    await page.getByTestId('open-file').setInputFiles({ name: 'notes.tflite', mimeType: 'application/octet-stream', buffer: Buffer.from('no model, but some text') });
    const card = page.getByTestId('error-card');
    await expect(card).toHaveAttribute('data-code', 'NOT_TFLITE');
    await expect(card.getByRole('heading')).toHaveText('这不是 TFLite 模型');
    expect(await englishOn(page)).toEqual([]);
  });
});

test('the language is chosen, stands in the address, outlasts a visit and brings back what was open', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-digits').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Digits');
  await page.getByTestId('language').first().selectOption('zh-CN');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect(new URL(page.url()).searchParams.get('lang')).toBe('zh-CN');
  await expect(page.getByTestId('view-speed')).toHaveText('速度');
  await expect(page.getByTestId('model-tab')).toHaveCount(1);
  await openPage(page);
  await expect(page.getByTestId('history-open')).toHaveText('记录');
  await page.getByTestId('language').first().selectOption('en');
  await expect(page.getByTestId('history-open')).toHaveText('Runs');
  expect(new URL(page.url()).searchParams.get('lang')).toBe('en');
});
