import { expect, it } from 'vitest';
import { parseLabels, readLabels } from './labels';

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

it('reads a file of labels, and refuses what is none with a code of its own', async () => {
  expect(await readLabels(new File(['cat\ndog\n'], 'animals.txt'))).toEqual(['cat', 'dog']);
  await expect(readLabels(new File(['\n\n'], 'empty.txt'))).rejects.toMatchObject({ code: 'INVALID_LABELS', details: 'empty.txt holds no label.' });
  await expect(readLabels(new File(['x'.repeat(8_000_001)], 'film.txt'))).rejects.toMatchObject({ code: 'INVALID_LABELS', details: 'film.txt is too large for a list of labels.' });
  const gone = Object.assign(new File(['cat'], 'gone.txt'), { text: () => Promise.reject(new DOMException('It is gone.', 'NotFoundError')) });
  await expect(readLabels(gone)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});
