import { describe, expect, it } from 'vitest';
import { writeNpy } from '../../../src/tensor/npy';
import { mixedTwiceModel } from '../../support/made-models';
import { eventually, textOf } from '../driver';
import type { Stand } from '../stand';

/** Colours of the drawing; none while nothing is drawn. */
function colours(): number {
  const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-testid="graph-canvas"]');
  const pixels = canvas === null || canvas.width * canvas.height === 0 ? undefined : canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels === undefined ? 0 : new Set(new Uint32Array(pixels.buffer)).size;
}

/** Grey levels of a drawn channel, row by row; null until it is drawn. */
function greys(channel: string): number[] | null {
  const drawn = document.querySelector<HTMLCanvasElement>(`[data-testid="${channel}"] canvas`);
  if (drawn === null) return null;
  const copy = new OffscreenCanvas(drawn.width, drawn.height).getContext('2d');
  copy?.drawImage(drawn, 0, 0);
  const pixels = copy?.getImageData(0, 0, drawn.width, drawn.height).data ?? new Uint8ClampedArray();
  return [...pixels].filter((_, index) => index % 4 === 0);
}

export function checkGraph(stand: Stand): void {
  describe('The graph, drawn and searched', () => {
    it('draws every op of face detection', async () => {
      await stand.open('?model=face-detection-short-range&view=graph');
      await stand.attribute('graph-view', 'data-ops', '90');
      await eventually(stand.driver, colours, null, (count) => count > 20);
      await stand.text('graph-hidden', '74 ops on constants hidden');
    });

    it('finds ops by kind, and goes to them one by one', async () => {
      await stand.driver.type('graph-search', 'depthwise_conv_2d');
      await stand.text('graph-hits', /^16 hits$/);
      await stand.driver.press('Enter');
      await stand.text('graph-hits', /^1 of 16$/);
      await stand.driver.press('Enter');
      await stand.text('graph-hits', /^2 of 16$/);
      await stand.text('inspector', 'DEPTHWISE_CONV_2D');
    });

    it('goes from node to node by keys, and says where it is', async () => {
      await stand.driver.inPage(() => { document.querySelector<HTMLElement>('[data-testid="graph"]')?.focus(); }, null);
      const before = await stand.driver.inPage(textOf, 'graph-spoken');
      await stand.driver.press('ArrowDown');
      const after = await eventually(stand.driver, textOf, 'graph-spoken', (text) => text !== before);
      expect(after).toMatch(/^Op \d+, [A-Z_0-9]+/);
    });
  });

  describe('Ops and tensors in words and pictures', () => {
    it('lists the ops, and shows the settings and costs of the chosen one', async () => {
      await stand.open('?model=face-detection-short-range&view=graph');
      await stand.driver.click('section-list');
      await stand.text('op-count', /^164 ops$/);
      await stand.driver.inPage(() => {
        const row = [...document.querySelectorAll<HTMLElement>('[data-testid="op-list"] [aria-selected]')].find((one) => one.textContent?.includes('CONV_2D'));
        row?.click();
      }, null);
      await stand.text('op-panel', 'Costs of one run');
      const panel = await stand.driver.inPage(textOf, 'inspector');
      // 128 × 128 × 3 becomes 64 × 64 × 24 by kernels of 5 × 5.
      expect(panel).toContain('CONV_2D');
      expect(panel).toContain((64 * 64 * 24 * 5 * 5 * 3).toLocaleString('en'));
    });

    it('computes a tensor of a run, and draws its channels grey by grey', async () => {
      await stand.open();
      await stand.drop('mixed.tflite', mixedTwiceModel());
      await stand.heading('mixed.tflite');
      await stand.drop('count.npy', new Uint8Array(writeNpy({ dtype: 'float32', shape: [1, 2, 3, 2], data: Float32Array.from({ length: 12 }, (_, index) => index).buffer })));
      await stand.driver.click('view-graph');
      await stand.driver.click('section-list');
      await stand.text('op-count', /^2 ops$/);
      await stand.driver.inPage(() => { document.querySelector<HTMLElement>('[data-testid="op-list"] [aria-selected]')?.click(); }, null);
      await eventually(stand.driver, () => {
        const operand = [...document.querySelectorAll<HTMLElement>('[data-testid="op-panel"] button')].find((button) => button.textContent?.trim() === 'mixed');
        operand?.click();
        return operand !== undefined;
      }, null, (clicked) => clicked);
      await stand.driver.click('look');
      await stand.text('look-provenance', 'with count.npy.');
      await stand.text('grey-white', '22');
      // Of 0 to 10, twice 1 to 11, and −0.5, between −0.5 and 22.
      const level = (value: number) => Math.round((255 * (value + 0.5)) / 22.5);
      expect(await eventually(stand.driver, greys, 'channel-0', (found) => found?.length === 6)).toEqual([0, 2, 4, 6, 8, 10].map(level));
      expect(await stand.driver.inPage(greys, 'channel-1')).toEqual([2, 6, 10, 14, 18, 22].map(level));
      expect(await stand.driver.inPage(greys, 'channel-2')).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });
}
