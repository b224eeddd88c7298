import { describe, expect, it } from 'vitest';
import { hostBuild } from '../../support/static-host';
import { type BrowserDriver, eventually } from '../driver';
import type { Stand } from '../stand';

/** Asks a page that may be reloading, which answers nothing; null where it did not. */
const asked = <Answer>(driver: BrowserDriver, ask: () => Answer): Promise<Awaited<Answer> | null> => driver.inPage(ask, null).catch(() => null);

/** What every browser does on a host that sends no headers, under a path of its own. */
export function checkOffline(stand: Stand): void {
  const driver = (): BrowserDriver => stand.driver;

  describe('Offline, and threads on hosts that send no isolation headers', () => {
    it('the page is isolated after one reload, and works when the host is gone', async () => {
      const host = await hostBuild({ headers: false });
      try {
        await driver().open(host.address);
        await expect.poll(() => asked(driver(), () => crossOriginIsolated && 'litescope' in window), { timeout: 60_000, interval: 200 }).toBe(true);
        expect(await driver().inPage(() => sessionStorage.getItem('litescope.reloaded-for-threads'), null)).not.toBeNull();
        const { configuration, faces } = await driver().inPage(async () => {
          const { litescope } = window;
          const { threads } = await litescope.capabilities();
          const { id, entry } = await litescope.openFromGallery('face-detection-short-range');
          const photo = await (await fetch('samples/grace-hopper.jpg')).blob();
          const result = await litescope.run(id, { runtime: 'litert', accelerator: 'wasm', threads: threads ? 2 : 1 }, { input: { kind: 'image', image: photo } }, { decoder: entry?.decoder, fallback: false });
          return { configuration: { threads: result.configuration.threads, had: threads }, faces: result.decoded?.kind === 'detections' ? result.decoded.detections.length : -1 };
        }, null);
        expect([configuration.threads, faces]).toEqual([configuration.had ? 2 : 1, 1]);
      } finally {
        await host.close();
      }
      await driver().open(host.address);
      await eventually(driver(), () => crossOriginIsolated && 'litescope' in window, null, (there) => there);
      expect(await driver().inPage(async () => (await window.litescope.openFromGallery('face-detection-short-range')).name, null)).toBe('Face detection, short range');
    });
  });
}
