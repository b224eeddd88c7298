import { describe, expect, it } from 'vitest';
import { fileKind, sortFiles } from './file-kinds';

const named = (name: string, type = '') => ({ name, type });

describe('fileKind', () => {
  it.each([['a.tflite', 'model'], ['A.TFLITE', 'model'], ['cat.BMP', 'picture'], ['labels.txt', 'labels'], ['l.csv', 'labels'], ['x.npy', 'npy'], ['x.bin', 'raw'], ['notes.pdf', 'model'], ['npy', 'model']] as const)('takes %s for %s', (name, kind) => {
    expect(fileKind(named(name))).toBe(kind);
  });

  it('trusts the type where the name says nothing', () => {
    expect(fileKind(named('image', 'image/png'))).toBe('picture');
  });
});

describe('sortFiles', () => {
  it('sorts a mixed drop', () => {
    const files = ['m.tflite', 'p.jpg', 'l.txt', 'v.npy', 'r.bin'].map((name) => named(name));
    expect(sortFiles(files, false)).toEqual({
      models: [files[0]], pictures: [files[1]], labels: [files[2]], values: [{ file: files[3], format: 'npy' }, { file: files[4], format: 'raw' }],
    });
  });

  it('takes labels and values for models while there is no model that they could belong to', () => {
    const files = [named('l.txt'), named('r.bin'), named('p.png')];
    expect(sortFiles(files, false).models).toEqual([files[0], files[1]]);
    expect(sortFiles(files, false).pictures).toEqual([files[2]]);
    expect(sortFiles(files, true).models).toEqual([]);
  });
});
