import { describe, expect, it } from 'vitest';
import { lacks, type Stand } from '../stand';

/** `i8x16.relaxed_swizzle` in a function, by hand: it is a module only where there is relaxed SIMD. */
const relaxedSwizzle = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11];

const footer = (): string => document.querySelector('footer')?.textContent ?? '';

export function checkDevice(stand: Stand): void {
  describe('Threads', () => {
    it('are there where shared memory can be made and only there, and the page says which', async (context) => {
      const made = await stand.driver.inPage(() => {
        try {
          return new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer instanceof SharedArrayBuffer;
        } catch {
          return false;
        }
      }, null);
      expect(stand.threads).toBe(made);
      const told = await stand.driver.inPage(footer, null);
      expect(told).toContain(`Isolated, threads ${made ? 'on' : 'off'}`);
      expect(told.includes('Threads are off because this browser makes no shared memory.')).toBe(!made);
      if (!made) lacks(context, 'there is no shared memory');
    });
  });

  describe('Relaxed SIMD', () => {
    it('is said to be there exactly where a module with it is one', async (context) => {
      const there = await stand.driver.inPage((bytes) => WebAssembly.validate(Uint8Array.from(bytes)), relaxedSwizzle);
      expect(await stand.driver.inPage(async () => (await window.litescope.capabilities()).relaxedSimd, null)).toBe(there);
      expect(await stand.driver.inPage(footer, null)).toContain(there ? 'WebAssembly relaxed SIMD' : 'WebAssembly SIMD');
      if (!there) lacks(context, 'there is SIMD alone');
    });
  });
}
