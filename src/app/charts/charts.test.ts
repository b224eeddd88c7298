import { scaleLinear } from 'd3-scale';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestAlong, nearestAround, partAt } from './chart-readout';
import { nameWidth, placeNames, ticksOf, wholeTicksOf } from './chart-ticks';
import { layoutHistogram } from './histogram-scale';

const latency = fc.double({ min: 1e-3, max: 1e4, noNaN: true });

describe('ticks', () => {
  it('have the digits that tell them apart, however narrow the range', () => {
    expect(ticksOf(scaleLinear().domain([1.02, 3.2]).range([0, 218]), 4).map(({ text }) => text)).toEqual(['1.5', '2.0', '2.5', '3.0']);
    expect(ticksOf(scaleLinear().domain([2.71, 2.79]).range([0, 80]), 4).map(({ text }) => text)).toEqual(['2.72', '2.74', '2.76', '2.78']);
    expect(ticksOf(scaleLinear().domain([-20, 60]).range([0, 80]), 4).map(({ text }) => text)).toEqual(['−20', '0', '20', '40', '60']);
    fc.assert(fc.property(latency, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), fc.integer({ min: 2, max: 10 }), (from, span, count) => {
      const texts = ticksOf(scaleLinear().domain([from, from + span]).range([0, 400]), count).map(({ text }) => text);
      expect(new Set(texts).size).toBe(texts.length);
    }));
  });

  it('of what is counted are whole', () => {
    expect(wholeTicksOf(scaleLinear().domain([1, 3]).range([0, 2]), 4)).toEqual([{ at: 0, text: '1' }, { at: 1, text: '2' }, { at: 2, text: '3' }]);
    expect(wholeTicksOf(scaleLinear().domain([0, 4000]).range([0, 4]), 4).map(({ text }) => text)).toEqual(['0', '1,000', '2,000', '3,000', '4,000']);
  });
});

describe('placeNames', () => {
  it('moves names in from the edges, and leaves out those that would touch', () => {
    const ticks = [{ at: 0, text: '1.50' }, { at: 30, text: '1.55' }, { at: 60, text: '1.60' }, { at: 100, text: '1.65' }];
    expect(nameWidth('1.50')).toBe(28);
    expect(placeNames(ticks, 0, 100).map(({ text, middle }) => [text, middle])).toEqual([['1.50', 14], ['1.60', 60]]);
    expect(placeNames(ticks, -30, 112).map(({ text, middle }) => [text, middle])).toEqual([['1.50', 0], ['1.60', 60], ['1.65', 98]]);
  });

  it('cuts no name off and lets none touch another, wherever they are', () => {
    fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 340 }), text: fc.string({ minLength: 1, maxLength: 8 }) }), { maxLength: 12 }), (ticks) => {
      const placed = placeNames(ticks.sort((one, other) => one.at - other.at), -30, 352);
      placed.forEach(({ middle, text }, index) => {
        expect(middle - nameWidth(text) / 2).toBeGreaterThanOrEqual(-30);
        expect(middle + nameWidth(text) / 2).toBeLessThanOrEqual(352);
        const before = placed[index - 1];
        if (before !== undefined) expect(middle - nameWidth(text) / 2).toBeGreaterThan(before.middle + nameWidth(before.text) / 2);
      });
    }));
  });
});

describe('what a pointer means', () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 100 }, { x: 20, y: 0 }];

  it('is the nearest from left to right, or in both directions', () => {
    expect(nearestAlong(places, { x: 11, y: 0 })).toBe(1);
    expect(nearestAround(places, { x: 11, y: 0 })).toBe(2);
    expect([nearestAlong([], { x: 0, y: 0 }), nearestAround([], { x: 0, y: 0 })]).toEqual([null, null]);
  });

  it('is the part of a row that it is in, however small', () => {
    const ends = [60, 61, 100];
    expect([0, 59, 60.5, 61.5, 100, 140].map((x) => partAt(ends, x))).toEqual([0, 0, 1, 2, 2, 2]);
    expect(partAt([], 5)).toBeNull();
  });
});

describe('a histogram’s words', () => {
  it('tell the ends of each bin apart', () => {
    fc.assert(fc.property(latency, fc.double({ min: 1e-3, max: 100, noNaN: true }), (least, span) => {
      const samples = Array.from({ length: 60 }, (_, index) => least + (span * index) / 59);
      const { bars, rangeOf } = layoutHistogram(samples, 320, 132, false);
      for (const { bin } of bars) {
        const [from = '', to = ''] = rangeOf(bin).replace(' ms', '').split(' to ');
        expect(Number(to)).toBeGreaterThan(Number(from));
      }
    }));
  });

  it('begin where the data is, or at zero', () => {
    const samples = Array.from({ length: 200 }, (_, index) => 2.7 + (index % 20) / 100);
    const names = (fromZero: boolean) => layoutHistogram(samples, 340, 132, fromZero).xTicks.map(({ text }) => text);
    expect(names(false)).toEqual(['2.70', '2.75', '2.80', '2.85']);
    expect(names(true)).toEqual(['0', '1', '2']);
  });
});
