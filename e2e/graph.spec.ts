import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openPage } from './support/engine';
import { addition, buildModel, subgraph, tensor } from '../src/tflite/testing/build';
import { type MadeFile, dropFiles, expect, sharedModel, test } from './support/fixtures';
import { show } from './support/views';

async function openGraph(page: Page, model: { readonly gallery: string } | { readonly file: string } | { readonly made: MadeFile }, ops: number): Promise<void> {
  await openPage(page);
  if ('gallery' in model) await page.getByTestId(`gallery-${model.gallery}`).click();
  else if ('made' in model) await dropFiles(page, [model.made]);
  else await page.getByTestId('open-file').setInputFiles(model.file);
  await show(page, 'graph');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', String(ops));
}

/** Pixels of the drawing that are not its ground, of those in its middle. */
function drawnPixels(page: Page): Promise<number> {
  return page.getByTestId('graph-canvas').evaluate(async (canvas) => {
    // Drawn when the next frame is.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('The graph is drawn on something else.');
    const { width, height } = canvas;
    const pixels = new Uint32Array(canvas.getContext('2d')?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    const ground = pixels[0];
    return pixels.filter((pixel) => pixel !== ground).length / pixels.length;
  });
}

async function save(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByTestId('graph-more').locator('summary').click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Where the drawing's ground lies on the screen, and how large it is seen. */
async function viewOf(page: Page): Promise<{ readonly x: number; readonly y: number; readonly zoom: number }> {
  const [x = 0, y = 0, zoom = 0] = (await page.getByTestId('graph-view').getAttribute('data-view') ?? '').split(' ').map(Number);
  return { x, y, zoom };
}

/** The middle of the graph's surface, in pixels of the window. */
async function middleOf(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByTestId('graph-surface').boundingBox();
  if (box === null) throw new Error('The graph is not seen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** `while (a < [3, 4]) a = a + [3, 4]`, condition and body in subgraphs of their own. */
function loopModel(): Uint8Array {
  const one = (name: string, operator: object, type = 0): object => subgraph({ name, tensors: [tensor({ name: `${name}/a` }), tensor({ name: `${name}/b`, buffer: 1 }), tensor({ name: `${name}/out`, type })], operators: [operator] });
  return buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 0, version: 1 }, { deprecated_builtin_code: 58, version: 1 }, { deprecated_builtin_code: 119, version: 1 }],
    subgraphs: [
      subgraph({
        tensors: [tensor({ name: 'a' }), tensor({ name: 'out' })], outputs: [1],
        operators: [{ opcode_index: 2, inputs: [0], outputs: [1], builtin_options: { member: 'WhileOptions', value: { cond_subgraph_index: 1, body_subgraph_index: 2 } } }],
      }),
      one('condition', { opcode_index: 1, inputs: [0, 1], outputs: [2], builtin_options: { member: 'LessOptions', value: {} } }, 6),
      one('body', { opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'AddOptions', value: { fused_activation_function: 0 } } }),
    ],
  }));
}

test.use({ viewport: { width: 1440, height: 900 } });

test('face detection is drawn without its unpacking ops, and with them when asked', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  expect(await drawnPixels(page)).toBeGreaterThan(0.1);
  // As long as nothing is selected, the whole model is described.
  await expect(page.getByTestId('graph-overview').getByRole('row', { name: /^CONV_2D/ })).toContainText(/21\s*87\.8 %\s*183 kB/);
  await page.getByTestId('graph-overview').getByTestId('largest-tensors').getByRole('button').first().click();
  await expect(page.getByTestId('tensor-panel')).toContainText('459 kB');
  await expect(page.getByTestId('graph-overview')).toHaveCount(0);
  await expect(page.getByTestId('graph-hidden')).toHaveText('74 ops on constants hidden');
  await page.getByTestId('graph-search').fill('dequantize');
  await expect(page.getByTestId('graph-hits')).toHaveText('0 hits, 74 hidden');
  await page.getByTestId('graph-more').locator('summary').click();
  await page.getByTestId('graph-fold').uncheck();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '164');
  await expect(page.getByTestId('graph-hidden')).toHaveCount(0);
  await expect(page.getByTestId('graph-hits')).toHaveText('74 hits');
});

test('a hidden op that was selected in the list is shown by the op that uses its result, and itself when asked', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('gallery-face-detection-short-range').click();
  await show(page, 'list');
  const dequantize = page.getByTestId('op-list').getByRole('row').filter({ hasText: 'DEQUANTIZE' }).first();
  await dequantize.click();
  const op = await dequantize.getByRole('gridcell').first().textContent();
  await show(page, 'drawing');
  const hidden = page.getByTestId('graph-hidden');
  await expect(hidden).toContainText(new RegExp(`^Op ${op}, DEQUANTIZE, reads constants alone and is hidden\\. Op \\d+, (DEPTHWISE_)?CONV_2D, uses its result\\.`));
  await expect(page.getByTestId('graph-spoken')).toContainText(/hidden, op \d+, (DEPTHWISE_)?CONV_2D, uses its result$/);
  await expect(page.getByTestId('inspector')).toContainText('DEQUANTIZE');
  await page.getByTestId('graph-show-hidden').click();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '164');
  await expect(hidden).toHaveCount(0);
  await expect(page.getByTestId('graph-spoken')).not.toContainText('hidden');
});

test('after a profile nodes have their times, nothing moves, and the colour stays as it was chosen until another is', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  const spoken = page.getByTestId('graph-spoken');
  await expect(spoken).toHaveText(/24×5×5×3 float16, 24 float16$/);
  const boxes = (svg: string) => svg.match(/<rect [^>]*rx[^>]*>/g);
  const before = (await save(page, 'graph-svg')).bytes.toString();
  expect(before).not.toContain(' ms</text>');
  expect(Math.min(...[...before.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size)))).toBe(12);

  await show(page, 'ops');
  await page.getByTestId('profile-start').click();
  await expect(page.getByTestId('profile-table')).toBeVisible({ timeout: 60_000 });
  await show(page, 'graph');
  await expect(page.getByTestId('graph-colour')).toHaveValue('family');
  const after = (await save(page, 'graph-svg')).bytes.toString();
  expect(boxes(after)).toEqual(boxes(before));
  const times = [...after.matchAll(/>([\d.,]+) ms<\/text>/g)].map(([, time]) => Number(time?.replaceAll(',', '')));
  expect(times.length).toBeGreaterThan(30);
  expect(Math.max(...times)).toBeGreaterThan(0);
  await expect(spoken).toHaveText(/24 float16; [\d.]+ ms, [\d.]+ % of the time of all ops$/);

  await page.getByTestId('graph-colour').selectOption('profile');
  const legend = page.getByTestId('graph-legend');
  await expect(legend).toContainText('Time, ms, up to');
  // The last step goes up to the longest time. Fused activations have none.
  await expect(legend.locator('ol li').last()).toHaveText(String(Number(Math.max(...times).toPrecision(3))));
  await expect(legend).toContainText('none of its own');
  const limits = (await legend.locator('ol li').allTextContents()).map(Number);
  expect(limits).toEqual([...limits].sort((one, other) => one - other));
  const colours = await legend.locator('ol li').evaluateAll((steps) => steps.map((step) => getComputedStyle(step).backgroundColor));
  expect(new Set(colours).size).toBe(limits.length);
  // Differences are seen: no two thirds of the nodes are alike.
  const coloured = (await save(page, 'graph-svg')).bytes.toString();
  const grounds = [...coloured.matchAll(/<g><title>[^<]*<\/title><rect [^>]*fill="(#[0-9a-f]{6})"/g)].map(([, fill]) => fill);
  const alike = Math.max(...[...new Set(grounds)].map((ground) => grounds.filter((each) => each === ground).length));
  expect(alike).toBeLessThan((grounds.length * 2) / 3);
  expect(coloured).toContain('stroke-dasharray');
});

test('the menu is opened, left and closed with keys', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  const menu = page.getByTestId('graph-more');
  const head = menu.locator('summary');
  await page.getByTestId('graph-colour').focus();
  await page.keyboard.press('Tab');
  await expect(head).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('graph-columns')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).not.toHaveAttribute('open');
  await expect(head).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(menu).toHaveAttribute('open');
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByTestId('graph-colour')).toBeFocused();
  await expect(menu).not.toHaveAttribute('open');
  // What was chosen in it leads back to it.
  await head.press('Enter');
  const saved = page.waitForEvent('download');
  await page.getByTestId('graph-csv').press('Enter');
  await saved;
  await expect(head).toBeFocused();
});

test('searching hand landmarks counts exactly and steps through the hits', async ({ page }) => {
  await openGraph(page, { gallery: 'hand-landmarks-lite' }, 65);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('/');
  await expect(page.getByTestId('graph-search')).toBeFocused();
  for (const [query, hits] of [['CONV_2D', '31 hits'], ['CONV_2D 3x3', '1 hit'], ['1x112x112', '6 hits'], ['uint8', '0 hits'], ['add', '10 hits']] as const) {
    await page.getByTestId('graph-search').fill(query);
    await expect(page.getByTestId('graph-hits')).toHaveText(hits);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('graph-hits')).toHaveText('1 of 10');
  await expect(page.getByTestId('graph-spoken')).toContainText('ADD');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByTestId('graph-hits')).toHaveText('10 of 10');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('graph')).toBeFocused();
});

test('keys walk from op to op and say where one is', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  const spoken = page.getByTestId('graph-spoken');
  await page.getByTestId('graph').focus();
  await page.keyboard.press('ArrowRight');
  await expect(spoken).toHaveText('Op 2, CONV_2D 5×5 s2; step 1 of 90, 1 before it, 1 after it; from 1×128×128×3 float32; to 1×64×64×24 float32; with constants 24×5×5×3 float16, 24 float16');
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Op 3, RELU');
  await page.keyboard.press('p');
  await expect(spoken).toContainText('Op 2, CONV_2D');
  await page.keyboard.press('End');
  await expect(spoken).toContainText('Op 163, CONCATENATION');
  await page.keyboard.press('f');
  await page.keyboard.press('Escape');
  await expect(spoken).toHaveText('');
});

test('the graph is saved as SVG and PNG, its ops as CSV, its numbers as JSON that only its model takes back', async ({ page }) => {
  await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
  const svg = (await save(page, 'graph-svg')).bytes.toString();
  for (const name of ['CONV_2D', 'DEPTHWISE_CONV_2D', 'RELU', 'ADD', 'PAD', 'MAX_POOL_2D', 'RESHAPE', 'CONCATENATION']) expect(svg).toContain(`>${name}</text>`);
  const parsed = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', svg);
  expect(parsed).toBe('');
  const png = await save(page, 'graph-png');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect((await save(page, 'graph-csv')).bytes.toString().trimEnd().split('\r\n')).toHaveLength(165);

  await page.getByTestId('graph-colour').selectOption('macs');
  await expect(page.getByTestId('graph-legend')).toContainText('MACs');
  const numbers = await save(page, 'graph-node-data');
  await page.getByTestId('graph-overlay').setInputFiles({ name: 'macs.json', mimeType: 'application/json', buffer: numbers.bytes });
  await expect(page.getByTestId('graph-colour')).toHaveValue('file');
  await expect(page.getByTestId('graph-legend')).toContainText('macs');

  await openGraph(page, { gallery: 'hand-landmarks-lite' }, 65);
  await page.getByTestId('graph-overlay').setInputFiles({ name: 'macs.json', mimeType: 'application/json', buffer: numbers.bytes });
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'OVERLAY_MISMATCH');
});

test('groups of MobileNet v2 open and close', async ({ page }) => {
  const file = sharedModel('tf2_mobilenet_v2_1.0_224_ptq.tflite');
  test.skip(file === null, 'needs ../shared/models');
  await openGraph(page, { file: file ?? '' }, 68);
  await page.getByTestId('graph-more').locator('summary').click();
  await page.getByTestId('graph-close-all').click();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '23');
  await page.getByTestId('graph').focus();
  const spoken = page.getByTestId('graph-spoken');
  for (let step = 0; step < 3; step++) await page.keyboard.press('n');
  // A closed group is a place of its own, and no op in it is selected.
  await expect(spoken).toHaveText('Closed group expanded_conv_1, 2 ops: DEPTHWISE_CONV_2D, CONV_2D; step 3 of 23, 1 before it, 1 after it');
  await expect(page.getByTestId('inspector')).toHaveCount(0);
  const panel = page.getByTestId('group-panel');
  await expect(panel.getByRole('heading', { name: 'expanded_conv_1' })).toBeVisible();
  // 3 × 3 over 112 × 112 × 32, then 32 to 16 channels.
  await expect(panel.locator('tbody tr')).toHaveText([/DEPTHWISE_CONV_2D\s*1\s*3,612,672/, /CONV_2D\s*1\s*6,422,528/]);
  await expect(panel.locator('dd')).toHaveText(['10,035,200', '992 B', '602 kB']);
  await expect(panel.locator('li')).toHaveText([/int8 1×112×112×32$/, /int8 1×112×112×16$/]);
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Closed group expanded_conv_2, 3 ops: 2 CONV_2D, DEPTHWISE_CONV_2D');
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '24');
  await expect(spoken).toContainText('Op 2, DEPTHWISE_CONV_2D');
  await page.keyboard.press('g');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '23');
  await expect(spoken).toContainText('Closed group expanded_conv_1');
  // A hit of the search opens the group that it is in.
  await page.getByTestId('graph-search').fill('add');
  await page.keyboard.press('Enter');
  await expect(spoken).toContainText(', ADD');
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '26');
});

test('what is looked at stays where it is when a group closes, and a drawing that is seen whole stays whole', async ({ page }) => {
  const file = sharedModel('tf2_mobilenet_v2_1.0_224_ptq.tflite');
  test.skip(file === null, 'needs ../shared/models');
  await openGraph(page, { file: file ?? '' }, 68);
  const before = await viewOf(page);
  const surface = page.getByTestId('graph-surface');
  // A click on the head of the first column's first group closes it.
  await surface.click({ position: { x: (60 - before.x) * before.zoom, y: (330 - before.y) * before.zoom } });
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '67');
  await expect(page.getByTestId('inspector')).toContainText('Select an op');
  expect((await viewOf(page)).zoom).toBe(before.zoom);

  await page.getByTestId('graph-fit').click();
  const whole = await viewOf(page);
  await page.getByTestId('graph-more').locator('summary').click();
  await page.getByTestId('graph-close-all').click();
  await expect(page.getByTestId('graph-view')).toHaveAttribute('data-ops', '23');
  await expect.poll(async () => (await viewOf(page)).zoom).toBeGreaterThan(whole.zoom * 1.3);
  await expect(page.getByTestId('graph-minimap')).toHaveCount(0);
});

test('subgraphs can be chosen', async ({ page }) => {
  const file = sharedModel('multi_signature_model.tflite');
  test.skip(file === null, 'needs ../shared/models');
  await openGraph(page, { file: file ?? '' }, 1);
  await expect(page.getByTestId('graph-subgraph').locator('option')).toHaveCount(3);
  await page.getByTestId('graph-subgraph').selectOption('2');
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(page.getByTestId('graph-spoken')).toContainText('Op 0');
});

test('the bodies of a loop are drawn, reached from it, and lead back', async ({ page }) => {
  await openGraph(page, { made: { name: 'loop.tflite', bytes: loopModel() } }, 1);
  const spoken = page.getByTestId('graph-spoken');
  await expect(page.getByTestId('graph-subgraph').locator('option')).toHaveText(['0 · main', '1 · condition', '2 · body']);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Op 0, WHILE');
  const calls = page.getByTestId('graph-calls');
  await expect(calls.getByRole('button')).toHaveText(['1 · condition', '2 · body']);
  await calls.getByRole('button', { name: '2 · body' }).click();
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Op 0, ADD');
  expect(await drawnPixels(page)).toBeGreaterThan(0.01);
  await calls.getByRole('button', { name: 'WHILE in 0 · main' }).click();
  await expect(spoken).toContainText('Op 0, WHILE');
  // The key follows the first call.
  await page.getByTestId('graph').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('graph-subgraph')).toHaveValue('1');
  await page.keyboard.press('n');
  await expect(spoken).toContainText('Op 0, LESS');
});

/** `if (which) a + [3, 4] else a × [3, 4]`, both branches in subgraphs of their own. */
function choiceModel(): Uint8Array {
  const branch = (name: string, opcode: number, member: string): object => subgraph({
    name, tensors: [tensor({ name: `${name}/a` }), tensor({ name: `${name}/b`, buffer: 1 }), tensor({ name: `${name}/out` })],
    operators: [{ opcode_index: opcode, inputs: [0, 1], outputs: [2], builtin_options: { member, value: {} } }],
  });
  return buildModel(addition({
    operator_codes: [{ deprecated_builtin_code: 118, version: 1 }, { deprecated_builtin_code: 0, version: 1 }, { deprecated_builtin_code: 18, version: 1 }],
    subgraphs: [
      subgraph({
        tensors: [tensor({ name: 'which', type: 6, shape: [1] }), tensor({ name: 'a' }), tensor({ name: 'out' })], inputs: [0, 1], outputs: [2],
        operators: [{ opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'IfOptions', value: { then_subgraph_index: 1, else_subgraph_index: 2 } } }],
      }),
      branch('added', 1, 'AddOptions'),
      branch('multiplied', 2, 'MulOptions'),
    ],
  }));
}

test('both branches of a choice are drawn and reached from it', async ({ page }) => {
  await openGraph(page, { made: { name: 'choice.tflite', bytes: choiceModel() } }, 1);
  const spoken = page.getByTestId('graph-spoken');
  const calls = page.getByTestId('graph-calls');
  for (const [branch, op] of [['1 · added', 'ADD'], ['2 · multiplied', 'MUL']] as const) {
    await page.getByTestId('graph').focus();
    await page.keyboard.press('n');
    await expect(spoken).toHaveText('Op 0, IF; step 1 of 1, 2 before it, 1 after it; from 1 bool, 1×2 float32; to 1×2 float32');
    await expect(page.getByTestId('op-panel')).toContainText('subgraph 1, subgraph 2');
    await expect(calls.getByRole('button')).toHaveText(['1 · added', '2 · multiplied']);
    await calls.getByRole('button', { name: branch }).click();
    await page.getByTestId('graph').focus();
    await page.keyboard.press('n');
    await expect(spoken).toContainText(`Op 0, ${op};`);
    expect(await drawnPixels(page)).toBeGreaterThan(0.01);
    await calls.getByRole('button', { name: 'IF in 0 · main' }).click();
  }
});

test('an edge says its shape under the pointer, and an op its number', async ({ page }) => {
  await openGraph(page, { made: { name: 'addition.tflite', bytes: buildModel(addition()) } }, 1);
  const middle = await middleOf(page);
  const tip = page.getByTestId('graph-tip');
  await expect(tip).toHaveCount(0);
  // Input, op and output stand in one line in the middle; between them is the edge.
  const { zoom } = await viewOf(page);
  await page.mouse.move(middle.x, middle.y);
  await expect(tip).toContainText('ADD');
  await page.getByTestId('graph-colour').selectOption('activationBytes');
  await page.mouse.move(middle.x, middle.y + 1);
  await expect(tip).toContainText('Activation bytes 8 B');
  // Below the op, before the output.
  await page.mouse.move(middle.x, middle.y + 40 * zoom);
  await expect(tip).toContainText('1×2 · float32');
  await expect(tip).toContainText('out');
  await page.mouse.move(middle.x + 200, middle.y + 40 * zoom);
  await expect(tip).toHaveCount(0);
});

test('the wheel moves the drawing away from what is selected, and with the control key zooms to where it points', async ({ page }) => {
  await openGraph(page, { gallery: 'hand-landmarks-lite' }, 65);
  await page.getByTestId('graph').focus();
  await page.keyboard.press('n');
  await expect(page.getByTestId('graph-spoken')).toContainText('Op 2, CONV_2D');
  const middle = await middleOf(page);
  const before = await viewOf(page);
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(30, 900);
  await expect.poll(async () => (await viewOf(page)).y).toBeCloseTo(before.y + 900 / before.zoom, 1);
  const moved = await viewOf(page);
  // Longer than a glide back to the selected op would take.
  await page.evaluate(async () => { for (let frame = 0; frame < 20; frame++) await new Promise((resolve) => requestAnimationFrame(resolve)); });
  expect(await viewOf(page)).toEqual(moved);
  expect(moved.x).toBeCloseTo(before.x + 30 / before.zoom, 1);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await viewOf(page)).zoom).toBeGreaterThan(moved.zoom * 1.1);
  // What lay under the pointer still does.
  const zoomed = await viewOf(page);
  const box = await page.getByTestId('graph-surface').boundingBox();
  const [dx, dy] = [(box?.width ?? 0) / 2, (box?.height ?? 0) / 2];
  expect(zoomed.x + dx / zoomed.zoom).toBeCloseTo(moved.x + dx / moved.zoom, 0);
  expect(zoomed.y + dy / zoomed.zoom).toBeCloseTo(moved.y + dy / moved.zoom, 0);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the graph fits, and a tap selects an op', async ({ page }) => {
    await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await drawnPixels(page)).toBeGreaterThan(0.1);
    const surface = page.getByTestId('graph-surface');
    await surface.scrollIntoViewIfNeeded();
    const box = await surface.boundingBox();
    // The trunk runs down the middle of the drawing's beginning.
    await surface.tap({ position: { x: (box?.width ?? 0) / 2, y: 125 } });
    await expect(page.getByTestId('graph-spoken')).not.toHaveText('');
  });

  test('its colours, its buttons and its menu can be reached without scrolling', async ({ page }) => {
    await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
    for (const name of ['Zoom in', 'Zoom out', 'Show the whole graph']) await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
    await page.getByTestId('graph-more').locator('summary').click();
    for (const each of ['graph-columns', 'graph-svg', 'graph-csv', 'graph-node-data', 'graph-attachment']) await expect(page.getByTestId(each)).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.getByTestId('graph-colour').selectOption('macs');
    await expect(page.getByTestId('graph-legend').locator('ol li').last()).toBeInViewport({ ratio: 1 });
    await page.getByTestId('graph-fit').click();
    await expect(page.getByTestId('graph-minimap')).toHaveCount(0);
  });

  test('two fingers zoom, and keep what is between them', async ({ page }) => {
    await openGraph(page, { gallery: 'face-detection-short-range' }, 90);
    await page.getByTestId('graph-surface').scrollIntoViewIfNeeded();
    const middle = await middleOf(page);
    const before = await viewOf(page);
    const touch = await page.context().newCDPSession(page);
    const fingers = (apart: number) => [{ x: middle.x - apart / 2, y: middle.y, id: 0 }, { x: middle.x + apart / 2, y: middle.y, id: 1 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(80) });
    for (const apart of [100, 130, 160]) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(apart) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(async () => (await viewOf(page)).zoom / before.zoom).toBeCloseTo(2, 1);
    await expect(page.getByTestId('graph-spoken')).toHaveText('');
  });
});
