import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertLabelsFit, classCounts, parseLabels, readLabels } from './labels';

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

it.each([
  ['a list of scores', 'classification', [[1, 1001]], [1001]],
  ['scores without a batch, or of a free one', 'classification', [[-1, 10], [10]], [10, 10]],
  ['several lists, of which one is meant', 'classification', [[1, 3], [1, 20], [1, 7, 7, 4]], [3, 20]],
  ['a single score', 'classification', [[1, 1]], [1]],
  ['classes of a free number', 'classification', [[1, -1]], null],
  ['no list at all', 'classification', [[1, 896, 16]], null],
  ['a map of scores', 'segmentation', [[1, 65, 65, 21]], [21]],
  ['a map of class numbers', 'segmentation', [[1, 513, 513, 1]], null],
  ['boxes', 'object-detection', [[1, 10, 4], [1, 10]], null],
  ['outputs that mean nothing', undefined, [[1, 1001]], null],
] as const)('counts the classes of %s', (_, kind, shapes, counts) => {
  expect(classCounts(kind, shapes.map((shape) => ({ shape })))).toEqual(counts);
});

it('says how many lines and classes there are where they differ', () => {
  expect(() => { assertLabelsFit('l.txt', ['cat', 'dog'], [1001]); }).toThrow('The labels do not fit the model: l.txt has 2 lines, and the model tells 1,001 classes apart.');
  expect(() => { assertLabelsFit('l.txt', ['cat'], [3, 20]); }).toThrow('l.txt has 1 line, and the model tells 3 or 20 classes apart.');
  for (const counts of [null, [3, 2]]) expect(() => { assertLabelsFit('l.txt', ['cat', 'dog'], counts); }).not.toThrow();
});

it('reads labels of any script, and refuses other files', async () => {
  expect(await readLabels(new File(['chat\tnoir\nсобака\n猫\f\n'], 'l.txt'))).toEqual(['chat\tnoir', 'собака', '猫']);
  expect(await readLabels(new File(['file,label\ncat,1'], 'l.csv'))).toEqual(['file,label', 'cat,1']);
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (bytes) => {
    const hasControl = bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32));
    const outcome = await readLabels(new File([bytes.slice()], 'x.txt')).then(() => 'read', (error: { code: string }) => error.code);
    expect(['read', 'INVALID_LABELS']).toContain(outcome);
    if (hasControl) expect(outcome).toBe('INVALID_LABELS');
  }));
});
