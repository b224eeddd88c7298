import { describe, expect, it } from 'vitest';
import { searchFloatLayers } from './float-layers';

const layers = ['a', 'b', 'c', 'd', 'e'];

/** A model whose layers add noise of their own, as powers: what stays is the sum over layers that are quantized. */
function noisy(noise: Readonly<Record<string, number>>): (inFloat: readonly string[]) => Promise<number> {
  return (inFloat) => Promise.resolve(-10 * Math.log10(layers.reduce((sum, layer) => sum + (inFloat.includes(layer) ? 0 : noise[layer] ?? 0), 1e-9)));
}

const uneven = { a: 0.001, b: 0.1, c: 0.0001, d: 0.05, e: 0.002 };

describe('searchFloatLayers', () => {
  it('keeps nothing in float where everything suffices', async () => {
    expect(await searchFloatLayers(layers, 5, noisy(uneven))).toMatchObject({ layers: [], reached: true, tried: [{ layers: [] }] });
  });

  it.each<[number, string[]]>([[12, ['b']], [20, ['b', 'd']], [29, ['b', 'd', 'e']], [39, ['b', 'd', 'e', 'a']]])('keeps the fewest layers for %s dB', async (least, expected) => {
    const found = await searchFloatLayers(layers, least, noisy(uneven));
    expect(found.layers).toEqual(expected);
    expect(found.reached).toBe(true);
    expect(found.sqnr_db).toBeGreaterThanOrEqual(least);
  });

  it('leaves out what turns out to be unnecessary', async () => {
    // Alone both b and d look best, but c makes up for them.
    const evaluate = (inFloat: readonly string[]) => Promise.resolve(inFloat.includes('c') && inFloat.length > 1 ? 40 : 10 + inFloat.filter((layer) => layer === 'b').length * 3 + inFloat.filter((layer) => layer === 'd').length * 2);
    const found = await searchFloatLayers(layers, 40, evaluate);
    expect(found.layers).toHaveLength(2);
    expect(found.layers).toContain('c');
  });

  it('gives the best that it saw where no set suffices, and how sensitive each layer is', async () => {
    const { reached, sensitivity, sqnr_db, tried } = await searchFloatLayers(layers, 200, noisy(uneven));
    expect(reached).toBe(false);
    expect(sqnr_db).toBe(Math.max(...tried.map((one) => one.sqnr_db)));
    expect([...sensitivity].sort(([, a], [, b]) => b - a).map(([layer]) => layer)).toEqual(['b', 'd', 'e', 'a', 'c']);
  });
});
