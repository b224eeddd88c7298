import { describe, expect, it } from 'vitest';
import { counted } from './en/counted';
import { formatDecibelsFigure, formatBytes, formatCount, formatMilliseconds, formatMillisecondsFigure, formatPercent, formatReal, formatShape, shortenDigest } from './format';

describe('numbers for people', () => {
  it.each([[0, '0 B'], [999, '999 B'], [1000, '1.00 kB'], [229_032, '229 kB'], [999_499, '999 kB'], [999_500, '1.00 MB'], [27_709_200, '27.7 MB'], [1_500_000_000, '1.50 GB'], [NaN, '–']])('gives %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([[0, '0.000'], [0.0312, '0.031'], [0.00994, '0.0099'], [0.00996, '0.010'], [0.006534, '0.0065'], [0.0000123, '0.000012'], [-0.0004, '-0.00040'], [2.844, '2.84'], [Infinity, '–']])('gives %d milliseconds in a column as %s', (milliseconds, figure) => {
    expect(formatMillisecondsFigure(milliseconds)).toBe(figure);
  });

  it.each([[0, '0.000 ms'], [0.0312, '0.031 ms'], [2.844, '2.84 ms'], [9.996, '10.0 ms'], [17.64, '17.6 ms'], [99.96, '100 ms'], [1240.4, '1,240 ms'], [NaN, '–']])('gives %d milliseconds as %s', (milliseconds, text) => {
    expect(formatMilliseconds(milliseconds)).toBe(text);
  });

  it.each([[0, '0'], [1, '1'], [-1.5, '−1.5'], [0.1 + 0.2, '0.3'], [1 / 3, '0.333333'], [1e-7, '1.0000e−7'], [2.5e12, '2.5000e+12'], [NaN, 'NaN'], [Infinity, '+∞'], [-Infinity, '−∞'], [null, '–']])('gives the value %d as %s', (value, text) => {
    expect(formatReal(value)).toBe(text);
  });

  it('counts in groups and in the right number', () => {
    expect(formatCount(1_083_984)).toBe('1,083,984');
    expect(counted(1, 'op')).toBe('1 op');
    expect(counted(0, 'op')).toBe('0 ops');
    expect(counted(2, 'index', 'indices')).toBe('2 indices');
  });

  it('writes shapes with free dimensions and scalars in words', () => {
    expect(formatShape([1, 128, 128, 3])).toBe('1×128×128×3');
    expect(formatShape([-1, 10])).toBe('free×10');
    expect(formatShape([])).toBe('scalar');
  });

  it('keeps both ends of a digest, and shares as percentages', () => {
    expect(shortenDigest('3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633')).toBe('3bc182eb…12c26633');
    expect(shortenDigest('short')).toBe('short');
    expect(formatPercent(0.9734)).toBe('97.3 %');
  });
});

describe('formatDecibelsFigure', () => {
  it.each([[62.24, '62.2'], [-3.02, '−3.0'], [Infinity, 'equal'], [NaN, '–'], [-Infinity, '–']])('%d is %s', (ratio_db, text) => {
    expect(formatDecibelsFigure(ratio_db)).toBe(text);
  });
});
