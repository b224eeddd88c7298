import { readFileSync } from 'node:fs';
import { addition, buildModel } from '../src/tflite/testing/build';
import { openPage } from './support/engine';
import { dropFiles, expect, facePhoto, packagedModel, serveFiles, test } from './support/fixtures';
import { modelTables } from './support/views';

const faceModel = packagedModel('face_detection', 'face_detection_short_range.tflite');
const selfieModel = packagedModel('selfie_segmentation', 'selfie_segmentation.tflite');

test('the empty page says what to do and offers the gallery', async ({ page }) => {
  await openPage(page);
  await expect(page.getByRole('heading', { name: 'Drop a .tflite model anywhere, or pick one below.' })).toBeVisible();
  await expect(page.getByTestId(/^gallery-/)).toHaveCount(21);
});

test('a dropped model shows what is in it before any runtime has started', async ({ page }) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await openPage(page);
  await dropFiles(page, [faceModel]);
  const summary = page.getByTestId('model-summary');
  await expect(summary).toContainText('face_detection_short_range.tflite');
  await expect(summary).toContainText('229 kB');
  await expect(summary).toContainText('164 ops');
  await summary.getByTestId('model-origin').click();
  await expect(summary.getByTestId('sha256')).toHaveText('3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633');
  const model = await modelTables(page);
  await expect(model).toContainText(/float32\s+1×128×128×3/);
  await expect(model).toContainText(/regressors\s+float32\s+1×896×16/);
  await expect(model.getByRole('row', { name: /^CONV_2D/ })).toContainText('21');
  await expect(model.getByRole('row', { name: /^float16/ })).toContainText('101,390');
  expect(requested.filter((path) => path.includes('/runtimes/'))).toEqual([]);
});

test('files that the system opens with the installed page become models', async ({ page }) => {
  // Stands in for an installed page, which a test's browser cannot have: one launch, with one file.
  await page.addInitScript((bytes) => {
    const getFile = () => Promise.resolve(new File([Uint8Array.from(bytes)], 'launched.tflite'));
    const setConsumer = (consumer: (launch: { files: readonly object[] }) => void) => { consumer({ files: [{ getFile }] }); };
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
  }, [...buildModel(addition())]);
  await openPage(page);
  await expect(page.getByTestId('model-summary')).toContainText('launched.tflite');
});

test('several files dropped at once become models and the input picture', async ({ page }) => {
  await openPage(page);
  await dropFiles(page, [faceModel, selfieModel, facePhoto(3)]);
  await expect(page.getByTestId('model-tab')).toHaveCount(2);
  await expect(page.getByRole('region', { name: 'Input and configuration' })).toContainText('sample3.jpg');
});

test('the file picker opens a model', async ({ page }) => {
  await openPage(page);
  await page.getByTestId('open-file').first().setInputFiles(faceModel);
  await expect(page.getByTestId('model-summary')).toContainText('face_detection_short_range.tflite');
});

test('an address opens a model, from the field and from the page’s own address', async ({ page }) => {
  await openPage(page);
  const { addresses: [address = ''], stop } = await serveFiles(page, [faceModel]);
  const absolute = new URL(address, page.url()).href;
  await page.getByLabel('Address of a model').fill(absolute);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
  await page.goto(`/?model=${encodeURIComponent(absolute)}`);
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
  stop();
  await page.goto('/?model=hand-landmarks-lite');
  await expect(page.getByTestId('model-summary')).toContainText('Hand landmarks, lite');
});

test('a foreign address in a link waits for a click', async ({ page }) => {
  const foreign: string[] = [];
  await page.route('https://models.example/**', async (route) => {
    foreign.push(route.request().url());
    await route.fulfill({ path: faceModel, headers: { 'Access-Control-Allow-Origin': '*' } });
  });
  await page.goto('/?model=https://models.example/face.tflite');
  const open = page.getByRole('button', { name: 'Open', exact: true });
  await expect(open).toBeVisible();
  expect(foreign).toEqual([]);
  await open.click();
  await expect(page.getByTestId('model-summary')).toContainText('face.tflite');
  expect(foreign).toEqual(['https://models.example/face.tflite']);
});

test('a pasted address opens a model', async ({ page }) => {
  await openPage(page);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', new URL('models/face_detection_short_range.tflite', document.baseURI).href);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
});

test('a download shows its bytes and can be cancelled', async ({ page }) => {
  await openPage(page);
  // The browser shows no progress of a held response, so the stream comes from a server that stops half way.
  const { port, close } = await halfServer(readFileSync(packagedModel('pose', 'pose_landmark_lite.tflite')));
  await page.getByLabel('Address of a model').fill(`http://127.0.0.1:${port}/half.tflite`);
  await page.keyboard.press('Enter');
  const progress = page.getByTestId('progress').first();
  await expect(progress).toContainText(/1\.41 MB of 2\.82 MB/);
  await progress.getByTestId('cancel').click();
  await expect(page.getByTestId('progress')).toHaveCount(0);
  await expect(page.getByTestId('error-card')).toHaveCount(0);
  await close();
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('model-summary')).toContainText('229 kB');
});

const face = readFileSync(faceModel);

/** The model with some of its bytes replaced. */
function changed(change: (bytes: Buffer) => void): Uint8Array {
  const bytes = Buffer.from(face);
  change(bytes);
  return bytes;
}

const damaged: readonly { readonly name: string; readonly bytes: Uint8Array; readonly code: string }[] = [
  { name: 'empty', bytes: new Uint8Array(0), code: 'EMPTY_FILE' },
  { name: 'a text', bytes: new TextEncoder().encode('# This is a README and not a model.\n'), code: 'NOT_TFLITE' },
  { name: 'a zip', bytes: new Uint8Array([0x50, 0x4b, 3, 4, ...new Array<number>(60).fill(0)]), code: 'TRUNCATED' },
  { name: 'another FlatBuffer', bytes: changed((bytes) => bytes.write('ABC9', 4, 'latin1')), code: 'WRONG_IDENTIFIER' },
  { name: 'half of a model', bytes: face.subarray(0, face.length / 2), code: 'TRUNCATED' },
];

for (const { name, bytes, code } of damaged) {
  test(`${name} gets its own error, and a good model opens after it`, async ({ page }) => {
    await openPage(page);
    await dropFiles(page, [{ name: `${name}.tflite`, bytes }]);
    await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', code);
    await dropFiles(page, [faceModel]);
    await expect(page.getByTestId('model-summary')).toContainText('229 kB');
  });
}

test('an address that answers with an error page says so', async ({ page, expectedConsoleErrors }) => {
  expectedConsoleErrors.push(/404/);
  await openPage(page);
  await page.getByLabel('Address of a model').fill(new URL('/models/nothing-here.tflite', page.url()).href);
  await page.route('**/nothing-here.tflite', (route) => route.fulfill({ status: 404, body: 'no' }));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'DOWNLOAD_FAILED');
});

test('a gallery file that was tampered with is refused', async ({ page }) => {
  await openPage(page);
  await page.route(/face_detection_short_range\.tflite$/, (route) => route.fulfill({ body: Buffer.from(changed((bytes) => bytes.writeUInt8(bytes.readUInt8(200_000) ^ 1, 200_000))) }));
  await page.getByTestId('gallery-face-detection-short-range').click();
  await expect(page.getByTestId('error-card')).toHaveAttribute('data-code', 'HASH_MISMATCH');
});

/** Sends half of the bytes, and never the rest. */
async function halfServer(bytes: Buffer): Promise<{ port: number; close(): Promise<void> }> {
  const { createServer } = await import('node:http');
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Length': bytes.length, 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
    response.write(bytes.subarray(0, bytes.length / 2));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`No port: ${String(address)}`);
  return {
    port: address.port,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => { resolve(); });
    }),
  };
}
