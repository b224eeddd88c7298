import { expect, it } from 'vitest';
import { parseLabels } from './labels';

it('reads one label a line, whatever ends the lines', () => {
  expect(parseLabels('\uFEFFcat\r\ndog\n\nbird\n\n')).toEqual(['cat', 'dog', '', 'bird']);
});

it('drops an index that every line has, and quotes', () => {
  expect(parseLabels('0,background\n1,"tench, Tinca tinca"\n')).toEqual(['background', 'tench, Tinca tinca']);
});

it('keeps numbers that are labels', () => {
  expect(parseLabels('0\n1\n2')).toEqual(['0', '1', '2']);
  expect(parseLabels('7,up\nother')).toEqual(['7,up', 'other']);
});

it('finds no labels in an empty file', () => {
  expect(parseLabels('')).toEqual([]);
});
