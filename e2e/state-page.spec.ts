/** The page's part of a state: what is fed back, steps that are counted, the reset, and sequences as charts. */
import { writeNpy } from '../src/tensor/npy';
import { expect, dropFiles, test } from './support/fixtures';
import { openPage } from './support/engine';
import { features, recurrentModel, recurrentReference, stepsOfInput } from './support/recurrent';
import { unfold } from './support/views';

const run = 'run';

test('a state is fed back by its name, counted, begun anew, remembered, and a sequence is a chart', async ({ page }) => {
  await openPage(page);
  const model = { name: 'recurrent.tflite', bytes: recurrentModel('edges') };
  await dropFiles(page, [model]);
  const state = page.getByTestId('state');
  await expect(state.locator('summary')).toHaveText('State: 1 output fed back');
  await expect(page.getByTestId('feed-state_in')).toHaveValue('state_out');
  await expect(page.locator('fieldset.input', { hasText: 'state_in' }).getByLabel('Zeros')).toBeChecked();
  await expect(page.getByTestId('state-step')).toHaveText('The next run is step 1.');
  const step = page.getByTestId('ran-step');
  for (const number of [1, 2]) {
    await page.getByTestId(run).click();
    await expect(step).toHaveText(`Step ${number} since the state began.`);
  }
  await page.getByTestId('state-reset').click();
  await expect(page.getByTestId('state-step')).toHaveText('The next run is step 1.');
  await page.getByTestId(run).click();
  await expect(step).toHaveText('Step 1 since the state began.');

  const steps = 9;
  const inputs = stepsOfInput(steps);
  const setup = page.getByRole('region', { name: 'Input and configuration' });
  await dropFiles(page, [{ name: 'walk.npy', bytes: writeNpy({ dtype: 'float32', shape: [steps, features], data: Float32Array.from(inputs).buffer }) }]);
  await page.getByRole('dialog').getByRole('button', { name: /^x/ }).click();
  await expect(setup.getByTestId('input-steps')).toHaveText(`${steps} steps along its time axis, run one after the other`);
  await page.getByTestId(run).click();
  await expect(step).toHaveText(`${steps} steps, the last one is step ${steps} since the state began. Times are the last one’s.`);
  const chart = page.getByTestId('sequence-y');
  await expect(chart.getByTestId('sequence-line')).toHaveCount(2);
  const table = await unfold(chart.locator('details'));
  const last = table.locator('tbody tr').nth(steps - 1).locator('td');
  await expect(last).toHaveCount(2);
  const shown = await last.allTextContents();
  const expected = recurrentReference(inputs).slice(-2);
  // The element that changes most stands first.
  expect(shown.map((value) => Number(value.replace('−', '-'))).sort().map((value) => value.toFixed(2))).toEqual([...expected].sort().map((value) => value.toFixed(2)));

  await page.getByTestId('feed-state_in').selectOption('');
  await expect(state.locator('summary')).toHaveText('State: nothing is kept');
  await page.reload();
  await expect(page.getByTestId('state').locator('summary')).toHaveText('State: nothing is kept');
});
