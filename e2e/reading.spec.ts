/** Results that are no marks on a picture, as a person sees them: a line of text, and how alike two pictures are. */
import { openPage } from './support/engine';
import { dropFiles, expect, test } from './support/fixtures';
import { embeddingModel, textModel, textSteps } from './support/made-models';

/** A picture of 8 bits a channel whose pixels are grey, uncompressed. */
function greyPicture(width: number, height: number, grey: (x: number) => number): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) bytes.fill(grey(x), 54 + y * stride + x * 3, 54 + y * stride + x * 3 + 3);
  return bytes;
}

test('a line of digits is read, and pictures are compared by their embeddings', async ({ page }) => {
  await openPage(page);
  const overview = page.getByTestId('overview');
  const runOn = async (file: { readonly name: string; readonly bytes: Uint8Array }): Promise<void> => {
    await dropFiles(page, [file]);
    await page.getByTestId('run').click();
  };

  // Blank, 3, 3, blank, 3, 0, blank, blank: what stays is written once, what comes back twice.
  const line = [10, 3, 3, 10, 3, 0, 10, 10];
  await dropFiles(page, [{ name: 'digits-of-a-line.tflite', bytes: textModel() }]);
  await expect(page.getByTestId('model-summary')).toBeVisible();
  await runOn({ name: 'line.bmp', bytes: greyPicture(8 * textSteps, 8, (x) => (line[Math.floor(x / 8)] ?? 0) * 25) });
  await expect(overview.getByTestId('decoded-list')).toContainText('“330”');

  await dropFiles(page, [{ name: 'embedding.tflite', bytes: embeddingModel() }]);
  await expect(page.getByRole('heading', { name: 'embedding.tflite' }).first()).toBeVisible();
  const part = (name: string, columns: number): { readonly name: string; readonly bytes: Uint8Array } => ({ name, bytes: greyPicture(32, 32, (x) => (x < columns ? 255 : 0)) });
  await runOn(part('white.bmp', 32));
  // Each of the 48 values is 1.
  await expect(overview.getByTestId('decoded-list')).toContainText('Embedding of 48 values, length 6.928');
  await runOn(part('half.bmp', 16));
  const similar = overview.getByTestId('similar-pictures').getByRole('listitem');
  await expect(similar).toHaveText([/white\.bmp.*0\.0000/]);
  await runOn(part('quarter.bmp', 8));
  await expect(similar).toHaveText([/half\.bmp.*0\.5000/, /white\.bmp.*-0\.5000/]);
});
