import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../src/messages/choose-language';
import { ProgressDisplay, table, tableWidth } from './output';

const name = 'model/block_1/depthwise/BatchNorm';
const ops = [
  ['op', 'kind', 'output', 'shape', 'MACs'],
  [0, 'CONV_2D', name, '1×112×112×32', 10838016],
  ['1:12', 'ADD', 'out', '1×8', 0],
] as const;

const wholeTable = [
  'op    kind     output                             shape             MACs',
  '0     CONV_2D  model/block_1/depthwise/BatchNorm  1×112×112×32  10838016',
  '1:12  ADD      out                                1×8                  0',
  '',
].join('\n');

describe('table', () => {
  it('is as wide as what stands in it where there is room', () => {
    expect(table(ops)).toBe(wholeTable);
    // The widest line, which the terminal holds to its last column.
    expect(table(ops, 72)).toBe(wholeTable);
  });

  it('cuts the longest names in the middle where one column is missing', () => {
    expect(table(ops, 71)).toBe([
      'op    kind     output                            shape             MACs',
      '0     CONV_2D  model/block_1/de…hwise/BatchNorm  1×112×112×32  10838016',
      '1:12  ADD      out                               1×8                  0',
      '',
    ].join('\n'));
  });

  it('fits a narrow terminal, with numbers and shapes whole', () => {
    expect(table(ops, 55)).toBe([
      'op    kind     output            shape             MACs',
      '0     CONV_2D  model/bl…tchNorm  1×112×112×32  10838016',
      '1:12  ADD      out               1×8                  0',
      '',
    ].join('\n'));
  });

  it('narrows two long columns alike', () => {
    expect(table([['name', 'other'], ['abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ']], 32)).toBe([
      'name             other',
      'abcdefg…tuvwxyz  ABCDEFG…TUVWXYZ',
      '',
    ].join('\n'));
  });

  it('leaves twelve columns of a name, however narrow the terminal is', () => {
    expect(table([['name', 'bytes'], ['abcdefghijklmnopqrstuvwxyz', 123456789]], 5)).toBe([
      'name              bytes',
      'abcdef…vwxyz  123456789',
      '',
    ].join('\n'));
  });

  it('counts a letter that takes two columns as two, and never halves one', () => {
    expect(table([['name', 'bytes'], ['模型的第一层卷积输出张量', 7], ['x', 42]])).toBe([
      'name                      bytes',
      '模型的第一层卷积输出张量      7',
      'x                            42',
      '',
    ].join('\n'));
    // Of fifteen columns, seven letters take fourteen and the mark of the cut one.
    expect(table([['name', 'bytes'], ['模型的第一层卷积输出张量', 7], ['x', 42]], 22)).toBe([
      'name             bytes',
      '模型的第…出张量      7',
      'x                   42',
      '',
    ].join('\n'));
  });

  it('aligns figures under heads of letters that take two columns', () => {
    expect(table([['算子', '算子类型', '权重字节数'], [0, 'ADD', 7], [12, 'LEAKY_RELU', 1234567890]])).toBe([
      '算子  算子类型    权重字节数',
      '   0  ADD                  7',
      '  12  LEAKY_RELU  1234567890',
      '',
    ].join('\n'));
  });

  it('keeps a letter together with its marks and joined emoji together', () => {
    const marked = 'e\u0301'.repeat(14);
    expect(table([['name'], [marked]], 12)).toBe(`name\n${'e\u0301'.repeat(6)}…${'e\u0301'.repeat(5)}\n`);
    const family = '👩‍👩‍👧';
    expect(table([['name'], [family.repeat(8)]], 13)).toBe(`name\n${family.repeat(3)}…${family.repeat(3)}\n`);
  });
});

describe('tableWidth', () => {
  const stdout = { isTTY: process.stdout.isTTY, columns: process.stdout.columns };
  const stderr = { isTTY: process.stderr.isTTY, columns: process.stderr.columns };
  afterEach(() => {
    Object.assign(process.stdout, stdout);
    Object.assign(process.stderr, stderr);
  });

  const terminals = (out: object, error: object = { isTTY: false, columns: undefined }) => {
    Object.assign(process.stdout, out);
    Object.assign(process.stderr, error);
  };

  it('is the terminal’s', () => {
    terminals({ isTTY: true, columns: 97 });
    expect(tableWidth({})).toBe(97);
  });

  it('has no end with --wide, in a pipe, in a file and on a terminal that does not say', () => {
    terminals({ isTTY: true, columns: 97 });
    expect(tableWidth({ wide: true })).toBe(Infinity);
    terminals({ isTTY: true, columns: 0 });
    expect(tableWidth({})).toBe(Infinity);
    terminals({ isTTY: undefined, columns: undefined });
    expect(tableWidth({})).toBe(Infinity);
  });

  it('goes by standard error where standard output belongs to JSON', () => {
    terminals({ isTTY: undefined, columns: undefined }, { isTTY: true, columns: 60 });
    expect(tableWidth({ json: '-' })).toBe(60);
    terminals({ isTTY: true, columns: 97 }, { isTTY: undefined, columns: undefined });
    expect(tableWidth({ json: '-' })).toBe(Infinity);
    expect(tableWidth({ json: 'report.json' })).toBe(97);
  });
});

describe('progress in a pipe', () => {
  const { isTTY } = process.stderr;
  afterEach(async () => {
    vi.restoreAllMocks();
    Object.assign(process.stderr, { isTTY });
    await chooseLanguage('en');
  });

  it.each([['en', 'Warming up\nRunning\n'], ['zh-CN', '正在预热\n正在运行\n']] as const)('has a line a step in %s, without the figures that change', async (language, lines) => {
    await chooseLanguage(language);
    Object.assign(process.stderr, { isTTY: false });
    const written: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    const display = new ProgressDisplay();
    display.show({ kind: 'warm-up', runs: 1, fraction: 0.1 });
    display.show({ kind: 'warm-up', runs: 2, fraction: 0.2 });
    display.show({ kind: 'invoke' });
    expect(written.join('')).toBe(lines);
  });
});
