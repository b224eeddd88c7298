import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows, csvTable } from './csv';

describe('csvTable', () => {
  it('quotes what parts cells, leads formulas by an apostrophe, and leaves numbers alone', () => {
    expect(csvTable([['name', 'ms', 'on'], ['a "b", c', -1.5, true], ['=1+1', null, false]])).toBe('name,ms,on\r\n"a ""b"", c",-1.5,true\r\n\'=1+1,,false\r\n');
  });
});

describe('csvRows', () => {
  it('reads cells with and without quotes, whatever ends the lines', () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const lines = ['\uFEFFfile,label', 'a.png,cat', '"b, 2.png","the ""other"""', 'c.png,', ''];
      expect(csvRows(lines.map((line) => line + end).join(''))).toEqual([['file', 'label'], ['a.png', 'cat'], ['b, 2.png', 'the "other"'], ['c.png', '']]);
    }
    expect(csvRows('a.png;cat\nb,1.png;dog')).toEqual([['a.png', 'cat'], ['b,1.png', 'dog']]);
    expect(csvRows('a,')).toEqual([['a', '']]);
    expect(csvRows('"a\nb",c')).toEqual([['a\nb', 'c']]);
    expect(csvRows('')).toEqual([]);
  });

  it('gives back what was quoted, and comes to an end with anything', () => {
    const row = fc.array(fc.string(), { minLength: 2, maxLength: 4 });
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      expect(csvRows(rows.map((cells) => cells.map(quoted).join(',')).join('\r\n').replace(/^/, '"head","line"\r\n')).slice(1)).toEqual(rows);
    }));
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a') }), (text) => { csvRows(text); }));
  });
});
