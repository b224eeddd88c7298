/** The project's two digit classifiers, side by side. */
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import { show } from './views';

/** Opens float and int8 on a fresh page, and goes to where they are compared; no latency is measured. */
export async function openDigitClassifiers(page: Page): Promise<void> {
  await page.getByTestId('gallery-digits-int8').click();
  await page.getByRole('button', { name: 'Open model' }).click();
  await page.getByTestId('gallery-digits').click();
  await show(page, 'outputs');
  await page.getByTestId('outputs-latency').selectOption('none');
}

/** Compares them on the labelled digits that come with them. */
export async function compareOnTestSet(page: Page): Promise<void> {
  await page.getByTestId('outputs-test-set').click();
  await expect(page.getByTestId('outputs-inputs')).toHaveText('500 files, 10 classes by a list of labels');
  await page.getByTestId('outputs-start').click();
  await expect(page.getByTestId('outputs-accuracy').locator('tbody tr')).toHaveCount(2, { timeout: 120_000 });
}
