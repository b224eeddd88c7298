import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mixedTwiceModel } from '../../support/made-models';
import { eventually } from '../driver';
import type { Stand } from '../stand';

const digits = fileURLToPath(new URL('../../../models/digits/digits.tflite', import.meta.url));
const noModel = fileURLToPath(import.meta.url);

/** No model of the gallery: those come back by their name. */
const own = mixedTwiceModel();
const ownModel = { name: 'mine.tflite', bytes: own.length, sha256: createHash('sha256').update(own).digest('hex') };

/** How many files the browser has stored. */
function keptFiles(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('litescope-open-models');
    opening.onerror = () => { reject(new Error(String(opening.error))); };
    opening.onsuccess = () => {
      const database = opening.result;
      const counting = database.transaction('files').objectStore('files').count();
      counting.onsuccess = () => {
        database.close();
        resolve(counting.result);
      };
    };
  });
}

export function checkOpening(stand: Stand): void {
  const onlyModel = () => stand.driver.inPage(() => window.litescope.models().map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })), null);

  describe('Models from a drop, a file, an address or the gallery', () => {
    it('a dropped file is the model, byte by byte', async () => {
      await stand.drop('mine.tflite', own);
      await stand.heading('mine.tflite');
      expect(await onlyModel()).toEqual([ownModel]);
    });

    it('a reload brings the dropped file back', async () => {
      await stand.text('kept-files', '1 dropped file kept in this browser');
      // The page says so as soon as it begins to keep it.
      await eventually(stand.driver, keptFiles, null, (count) => count === 1);
      await stand.driver.reload();
      await stand.heading('mine.tflite');
      expect(await onlyModel()).toEqual([ownModel]);
    });

    it('files are chosen; one that is no model says so, and a good one opens after it', async () => {
      await stand.open();
      await stand.driver.choose('open-file', [noModel]);
      await stand.attribute('error-card', 'data-code', 'NOT_TFLITE');
      await stand.driver.choose('open-file', [digits]);
      await stand.heading('digits.tflite');
    });

    it('an address that is typed is fetched', async () => {
      await stand.open();
      await stand.driver.type('open-url', `${stand.host.address}models/digits_int8.tflite`);
      await stand.driver.press('Enter');
      await stand.heading('digits_int8.tflite');
      expect(await onlyModel()).toMatchObject([{ bytes: 22_804 }]);
    });

    it('the page’s own address names model and view', async () => {
      await stand.open('?model=digits&view=graph');
      await stand.heading('Digits');
      await stand.attribute('view-graph', 'aria-current', 'page');
    });

    it('a click in the gallery opens a model, and says what is in it', async () => {
      await stand.open();
      await stand.driver.click('gallery-hand-landmarks-lite');
      await stand.heading('Hand landmarks, lite');
      const { summary, sha256 } = await stand.driver.inPage(() => {
        const [model] = window.litescope.models();
        return { summary: model?.summary.signatures.map(({ inputs, outputs }) => [inputs.map(({ shape }) => shape), outputs.map(({ shape }) => shape)]), sha256: model?.sha256.slice(0, 16) };
      }, null);
      expect(sha256).toBe('d7fde8ac11f8ce03');
      expect(summary).toEqual([[[[1, 224, 224, 3]], [[1, 63], [1, 1], [1, 1], [1, 63]]]]);
    });
  });
}
