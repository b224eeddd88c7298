import { describe, expect, it } from 'vitest';
import { eventually, textOf } from '../driver';
import type { Stand } from '../stand';

export function checkVariants(stand: Stand): void {
  describe('Smaller variants, proved', () => {
    it('half precision is the same file in every browser', async () => {
      await stand.open();
      const made = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('digits');
        const { model } = await window.litescope.quantize(id, 'float16', [], { prove: false });
        return { bytes: model.bytes, sha256: model.sha256.slice(0, 16), madeFrom: model.madeFrom === id };
      }, null);
      expect(made).toEqual({ bytes: 39_200, sha256: '372dafa75026c89d', madeFrom: true });
    });

    it('digits are quantized to 8 bits on samples of the page, run before and after on both runtimes, and called good', async () => {
      await stand.open('?model=digits&view=compare');
      await stand.driver.click('section-variants');
      await stand.driver.click('recipe-int8');
      await stand.driver.click('samples-random');
      await stand.text('sample-count', '100 samples: 100 made-up samples');
      await stand.driver.click('quantize-start');
      await stand.attribute('verdict-size', 'data-verdict', 'smaller', 90_000);
      await stand.text('variant-size', /^2\d(\.\d)? kB, 0\.3\d × the original’s 74\.3 kB$/);
      for (const runtime of ['tfjs-tflite', 'litert']) await stand.text('proof-speed', runtime);
      expect(await stand.driver.inPage(() => document.querySelectorAll('[data-testid="proof-errors"] tbody tr').length, null)).toBe(2);
    });

    it('a pass finds what it would change', async () => {
      const previews = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('face-detection-short-range');
        return (await window.litescope.previewPasses(id)).filter(({ changed }) => changed.length > 0).map((preview) => [preview.id, preview.changed.length]);
      }, null);
      expect(previews).toEqual([['unfold-float16', 1], ['fuse-activations', 17]]);
    });
  });

  describe('Two models compared', () => {
    it('float and int8 digits are as right as the training script counted, on 500 labelled ones', async () => {
      await stand.open();
      await stand.driver.click('gallery-digits-int8');
      await stand.heading('Digits, int8');
      await stand.driver.inPage(() => { [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Open model'))?.click(); }, null);
      await stand.driver.click('gallery-digits');
      await stand.heading('Digits');
      await stand.driver.click('view-compare');
      await stand.driver.click('section-outputs');
      await stand.driver.click('outputs-test-set');
      await stand.text('outputs-inputs', '500 files, 10 classes by a list of labels');
      await stand.driver.inPage(() => {
        const latency = document.querySelector<HTMLSelectElement>('[data-testid="outputs-latency"]');
        if (latency === null) throw new Error('There is nothing to choose.');
        latency.value = 'none';
        latency.dispatchEvent(new Event('change', { bubbles: true }));
      }, null);
      await stand.driver.click('outputs-start');
      const rows = await eventually(stand.driver, () => [...document.querySelectorAll('[data-testid="outputs-accuracy"] tbody tr')].map(({ textContent }) => textContent), null, (found) => found.length === 2, 90_000);
      for (const row of rows) expect(row).toContain('98.6 %');
      expect(await stand.driver.inPage(textOf, 'outputs-status')).not.toContain('failed');
    });

    it('a comparison tells how far 8 bits are from float, the same in every browser', async () => {
      const compared = await stand.driver.inPage(async () => {
        const float = await window.litescope.openFromGallery('digits');
        const int8 = await window.litescope.openFromGallery('digits-int8');
        const image = await (await fetch('models/digit.bmp')).blob();
        const name = float.summary.signatures[0]?.inputs[0]?.name ?? '';
        const { models: [, other] } = await window.litescope.compare([float.id, int8.id], { runtime: 'tfjs-tflite', threads: 1 }, [{ name: 'digit', inputs: { [name]: { kind: 'image', image } } }]);
        return other?.outputs.map(({ metrics }) => metrics?.max_abs.toFixed(4));
      }, null);
      expect(compared).toEqual(['0.0020']);
    });
  });
}
