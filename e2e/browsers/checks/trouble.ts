import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addition, buildModel } from '../../../src/tflite/testing/build';
import { sessionWorker } from '../../support/session-worker';
import { hostBuild, type StaticHost } from '../../support/static-host';
import { textOf } from '../driver';
import type { Stand } from '../stand';
import { faceFound, runFace } from './running';

const digits = readFileSync(fileURLToPath(new URL('../../../models/digits/digits.tflite', import.meta.url)));

/** An op of nobody's where there was an addition. */
const unheardOf = (): Uint8Array => buildModel(addition({ operator_codes: [{ deprecated_builtin_code: 32, builtin_code: 32, custom_code: 'Unheard', version: 1 }] }));

export function checkTrouble(stand: Stand): void {
  /** Lets a host of its own be used, on an origin that no cache knows. */
  async function on(host: Promise<StaticHost>, work: (host: StaticHost) => Promise<void>): Promise<void> {
    const own = await host;
    try {
      await work(own);
    } finally {
      await own.close();
    }
  }

  describe('Failures, told and survived', () => {
    it('a file that ends too early says where', async () => {
      await stand.open();
      await stand.drop('cut.tflite', digits.subarray(0, 40_000));
      await stand.attribute('error-card', 'data-code', 'TRUNCATED');
    });

    it('an op that no runtime has is named', async () => {
      await stand.open();
      await stand.drop('unheard.tflite', unheardOf());
      await stand.heading('unheard.tflite');
      await stand.driver.click('run');
      await stand.attribute('error-card', 'data-code', 'UNSUPPORTED_OP');
      await stand.text('error-card', 'Unheard');
    });

    it('a session that hangs is ended by its watchdog, and the next one runs', async () => {
      await on(hostBuild({ headers: true }), async (host) => {
        const end = host.answer(sessionWorker, 'for (;;) {}');
        await stand.open('', host);
        const code = await stand.driver.inPage(async () => {
          const { id } = await window.litescope.openFromGallery('digits');
          return window.litescope.run(id, { runtime: 'tfjs-tflite', threads: 1 }, {}, { fallback: false, watchdog_ms: 1000 }).then(() => 'ran', (error: { code: string }) => error.code);
        }, null);
        expect(code).toBe('SESSION_HUNG');
        end();
        expect(await stand.driver.inPage(runFace, { runtime: 'tfjs-tflite', threads: 1 })).toMatchObject(faceFound);
      });
    });

    it('a session that crashes says what it said, and the next one runs', async () => {
      await on(hostBuild({ headers: true }), async (host) => {
        const end = host.answer(sessionWorker, 'setTimeout(() => { throw new Error("planted"); });');
        await stand.open('', host);
        const error = await stand.driver.inPage(async () => {
          const { id } = await window.litescope.openFromGallery('digits');
          return window.litescope.run(id, { runtime: 'tfjs-tflite', threads: 1 }, {}, { fallback: false }).then(() => null, ({ code, details }: { code: string; details: string }) => ({ code, details }));
        }, null);
        expect(error?.code).toBe('SESSION_CRASHED');
        expect(error?.details).toContain('planted');
        end();
        expect(await stand.driver.inPage(runFace, { runtime: 'tfjs-tflite', threads: 1 })).toMatchObject(faceFound);
      });
    });

    it('a cancelled benchmark ends as cancelled, and the next run is right', async () => {
      await stand.open();
      const code = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('face-detection-short-range');
        const controller = new AbortController();
        return window.litescope.benchmark([id], [{ threads: 1 }], {}, {}, {
          signal: controller.signal, onProgress: ({ kind }) => { if (kind === 'warm-up' || kind === 'timed-runs') controller.abort(); },
        }).then(() => 'finished', (error: { code: string }) => error.code);
      }, null);
      expect(code).toBe('CANCELLED');
      expect(await stand.driver.inPage(runFace, { runtime: 'tfjs-tflite', threads: 1 })).toMatchObject(faceFound);
    });
  });

  describe('Hosts that send no isolation headers, or forget them', () => {
    it('with them the page is isolated', async () => {
      await stand.open();
      expect(await stand.driver.inPage(() => crossOriginIsolated, null)).toBe(true);
    });

    it('without them one thread runs, and the page says what the host should send', async () => {
      await on(hostBuild({ headers: false }), async (host) => {
        await stand.open('', host);
        expect(await stand.driver.inPage(() => crossOriginIsolated, null)).toBe(false);
        expect(await stand.driver.inPage(() => document.querySelector('footer')?.textContent ?? '', null)).toContain('Not isolated, threads off');
        expect(await stand.driver.inPage(runFace, { runtime: 'tfjs-tflite', threads: 1 })).toMatchObject(faceFound);
        expect((await stand.driver.inPage(runFace, { runtime: 'litert', threads: 2 })).maxima).toEqual(['NOT_ISOLATED']);
      });
    });

    it('where answers to caches lack them, sessions one after the other run all the same', async () => {
      await on(hostBuild({ headers: true, forgets: true }), async (host) => {
        await stand.open('', host);
        for (const runtime of ['tfjs-tflite', 'litert', 'tfjs-tflite'] as const) expect(await stand.driver.inPage(runFace, { runtime, threads: 1 })).toMatchObject(faceFound);
        // Whose fault it was that parts had to be fetched twice is told where the browser minds.
        if (stand.driver.name === 'WebKit') expect(await stand.driver.inPage(textOf, 'host-fault')).toContain('Cross-Origin-Embedder-Policy');
      });
    });
  });
}
