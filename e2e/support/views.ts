/** Goes to what the page shows of a model. */
import type { Locator, Page } from '@playwright/test';
import type { Section, View } from '../../src/app/state/view-choice.svelte';

/** The view of each part. The page's own list is compiled by Svelte, and cannot be had here. */
const viewOf: Readonly<Record<Section, View>> = {
  benchmark: 'speed', ops: 'speed', threads: 'speed', roofline: 'speed', drawing: 'graph', list: 'graph',
  outputs: 'compare', variants: 'compare', structure: 'compare', runtimes: 'compare',
};

/** Goes to a view, or to a part of one. */
export async function show(page: Page, place: View | Section): Promise<void> {
  const view = place in viewOf ? viewOf[place as Section] : place;
  await page.getByTestId(`view-${view}`).click();
  if (view !== place) await page.getByTestId(`section-${place}`).click();
}

/** Opens what is folded, unless it is open; what is in it can be used then. */
export async function unfold(details: Locator): Promise<Locator> {
  if (!await details.evaluate((element) => element instanceof HTMLDetailsElement && element.open)) await details.locator('summary').first().click();
  return details;
}

/** Chooses what the model is run on; what is not named stays as it is. Where two views have the fields, `within` one of them. */
export async function configure(page: Page, choices: Readonly<Partial<Record<'runtime' | 'accelerator' | 'threads', string>>>, within: Page | Locator = page): Promise<void> {
  const fields = await unfold(within.getByTestId('configuration'));
  for (const [name, value] of Object.entries(choices)) await fields.getByTestId(`select-${name}`).selectOption(value);
}

/** The tables of what is in the model, on the overview. */
export function modelTables(page: Page): Promise<Locator> {
  return unfold(page.getByTestId('model-tables'));
}

/** Opens the menu of ways in which what a view shows leaves the page. */
export async function openExports(page: Page): Promise<void> {
  await page.getByTestId('exports').click();
}

/** Opens the table behind a chart, by the test id of the table itself. */
export async function openTable(within: Page | Locator, testId: string): Promise<void> {
  const opened = await unfold(within.getByTestId(`${testId}-toggle`));
  // What is in it is made when it is opened.
  await opened.locator('table').first().waitFor();
}
