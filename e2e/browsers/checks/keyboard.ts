import { describe, expect, it } from 'vitest';
import { eventually } from '../driver';
import type { Stand } from '../stand';

/** What has the focus: its test id, and whether one can see that. */
function focused(): { readonly testId: string; readonly seen: boolean } {
  const { activeElement: element } = document;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element ?? document.body);
  return { testId: element?.getAttribute('data-testid') ?? '', seen: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' };
}

export function checkKeyboard(stand: Stand): void {
  /** Presses Tab until the focus is where it is wanted. @returns test ids on the way */
  async function tabTo(testId: string): Promise<readonly string[]> {
    const passed: string[] = [];
    for (let step = 0; step < 40; step++) {
      await stand.driver.press('Tab');
      const { testId: at, seen } = await stand.driver.inPage(focused, null);
      passed.push(at);
      if (at === testId) {
        expect(seen).toBe(true);
        return passed;
      }
    }
    throw new Error(`Tab does not lead to ${testId}: ${passed.join(', ')}`);
  }

  describe('By keyboard alone', () => {
    it('from the page’s top over the ways to open into the gallery, and into a model', async () => {
      await stand.open();
      const passed = await tabTo('gallery-face-detection-short-range');
      expect(passed.indexOf('history-open')).toBeLessThan(passed.indexOf('start-camera'));
      expect(passed.indexOf('start-camera')).toBeLessThan(passed.indexOf('open-url'));
      await stand.driver.press('Enter');
      await stand.heading('Face detection, short range');
    });

    it('Ctrl+Enter does what the view is for', async () => {
      await stand.driver.press('Enter', 'Control');
      await stand.text('decoded-list', '1 face found');
    });

    it('from view to view, and from op to op by the arrows', async () => {
      await tabTo('view-graph');
      await stand.driver.press('Enter');
      await tabTo('section-list');
      await stand.driver.press('Enter');
      await stand.text('op-count', /^164 ops$/);
      for (let step = 0; step < 12; step++) {
        await stand.driver.press('Tab');
        if (await stand.driver.inPage(() => document.activeElement?.getAttribute('role') === 'grid', null)) break;
      }
      await stand.driver.press('ArrowDown');
      await stand.driver.press('ArrowDown');
      expect(await eventually(stand.driver, () => document.querySelector('[role="row"][aria-selected="true"]')?.getAttribute('aria-rowindex') ?? null, null, (row) => row === '2')).toBe('2');
      await stand.text('op-panel', 'Costs of one run');
    });
  });
}
