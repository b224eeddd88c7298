import { describe, expect, it } from 'vitest';
import { textOf } from '../driver';
import type { Stand } from '../stand';

export function checkOverview(stand: Stand): void {
  describe('The overview that fills itself', () => {
    it('runs what was opened on a sample, and measures latency, ops, threads and what int8 would save', async () => {
      await stand.measuresByItself(true);
      await stand.driver.click('gallery-face-detection-short-range');
      await stand.attribute('overview', 'data-phase', 'done', 90_000);
      expect(await stand.driver.inPage(textOf, 'decoded-list')).toContain('1 face found');
      expect(await stand.driver.inPage(textOf, 'overview-median')).toMatch(/^[\d.]+ ms$/);
      expect(await stand.driver.inPage(() => document.querySelectorAll('[data-filled="true"]').length, null)).toBe(4);
      expect(await stand.driver.inPage(textOf, 'smaller-sentence')).toMatch(/kB/);
      await stand.measuresByItself(false);
    });
  });
}
