import { expect, it } from 'vitest';
import { depthColours, depthTable } from './depth-colours';

const channelsOf = (word: number): readonly number[] => [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24];

it('depths go from dark to light through all steps, opaque', () => {
  const table = Array.from(depthTable(), channelsOf);
  expect(table).toHaveLength(256);
  expect([table[0], table[255]]).toEqual([[0, 0, 4, 255], [252, 253, 191, 255]]);
  // Relative luminance by the weights of BT.709, which never falls.
  const light = table.map(([red = 0, green = 0, blue = 0]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue);
  expect(light.every((value, index) => index === 0 || value >= (light[index - 1] ?? 0) - 1e-9)).toBe(true);
  // A step lies where its share of the way is.
  const place = (2 / (depthColours.length - 1)) * 255;
  const [below = [], above = []] = [table[Math.floor(place)], table[Math.ceil(place)]];
  [0x51, 0x12, 0x7c].forEach((value, channel) => {
    const [one, other] = [below[channel] ?? NaN, above[channel] ?? NaN];
    expect(value).toBeGreaterThanOrEqual(Math.min(one, other));
    expect(value).toBeLessThanOrEqual(Math.max(one, other));
  });
});
