import { describe, expect, it } from 'vitest';
import { formatMillisecondsFigure } from '../../../src/messages/format';
import { eventually, textOf } from '../driver';
import type { Stand } from '../stand';

export function checkSharing(stand: Stand): void {
  describe('Reports in links', () => {
    let link = '';
    let median = NaN;

    it('a link is made, and opens with the same figures in a fresh profile', async () => {
      await stand.open();
      ({ link, median } = await stand.driver.inPage(async () => {
        const { litescope } = window;
        const { id } = await litescope.openFromGallery('digits');
        const report = await litescope.benchmark([id], [{ runtime: 'tfjs-tflite', threads: 1 }], { num_runs: 5, min_secs: 0, warmup_min_secs: 0 });
        const [result] = report.results;
        return { link: await litescope.reportLink(report), median: result !== undefined && 'latency_metrics' in result ? result.latency_metrics.median_ms : NaN };
      }, null));
      expect(link.startsWith(`${stand.host.address}#report=1.`)).toBe(true);
      await stand.driver.forget();
      await stand.driver.open(link);
      expect(await stand.text('shared-median', /\d/)).toBe(formatMillisecondsFigure(median));
      // Nothing is left of who made it.
      expect(await stand.driver.inPage(() => localStorage.length, null)).toBe(0);
      expect(await stand.driver.inPage(async (address) => {
        const [result] = (await window.litescope.readReportLink(new URL(address).hash.replace('#report=', ''))).results;
        return result !== undefined && 'latency_metrics' in result ? result.latency_metrics.median_ms : NaN;
      }, link)).toBe(median);
    });

    it('its rows run here too, beside those from there', async () => {
      await stand.driver.click('shared-run');
      const ratio = Number.parseFloat(await stand.text('shared-ratio', /^\d+\.\d\d×$/));
      const here = await stand.driver.inPage(textOf, 'shared-here') ?? '';
      // Both are rounded: the ratio to a hundredth, the time to its last digit.
      const lastDigit_ms = 10 ** -(here.split('.')[1]?.length ?? 0);
      expect(Math.abs(Number(here) / median - ratio)).toBeLessThanOrEqual(0.005 + lastDigit_ms / 2 / median + 1e-9);
      expect(await stand.driver.inPage(textOf, 'shared-median')).toBe(formatMillisecondsFigure(median));
      // The same browser on the same device.
      expect(await stand.driver.inPage(() => document.querySelectorAll('[data-testid="shared-environment"] .differs').length, null)).toBe(0);
    });

    it('a link that was cut says so, and leaves the page as it was', async () => {
      await stand.comeAnew();
      await stand.driver.open('about:blank');
      await stand.driver.open(link.slice(0, -4));
      await stand.attribute('error-card', 'data-code', 'INVALID_LINK');
      expect(await eventually(stand.driver, textOf, 'shared-report', () => true)).toBeNull();
      expect(await stand.driver.inPage(() => document.querySelector('[data-testid="open-url"]') !== null, null)).toBe(true);
    });
  });
}
