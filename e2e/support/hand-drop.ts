/** Drops by hand: files and folders of the disk, as a file manager gives them to the browser. */
import type { Locator } from '@playwright/test';

/** Drags paths of files or folders over an element and lets them go there. */
export async function dropByHand(target: Locator, paths: readonly string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (box === null) throw new Error('There is nothing to drop onto.');
  const page = target.page();
  const debugging = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40), data: { items: [], files: [...paths], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await debugging.send('Input.dispatchDragEvent', { type, ...at });
  await debugging.detach();
}
