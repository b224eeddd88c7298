/** Goes to what the page shows of a model. */
import type { Page } from '@playwright/test';
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
