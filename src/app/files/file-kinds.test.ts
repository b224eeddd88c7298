import { describe, expect, it } from 'vitest';
import { fileKind, sortFiles } from './file-kinds';

const named = (name: string, type = '') => ({ name, type });

describe('fileKind', () => {
  it.each([['a.tflite', 'model'], ['A.TFLITE', 'model'], ['cat.BMP', 'picture'], ['dog.MP3', 'sound'], ['clip.wav', 'sound'], ['labels.txt', 'labels'], ['l.csv', 'labels'], ['x.npy', 'npy'], ['x.bin', 'raw'], ['runs.json', 'json'], ['notes.pdf', 'model'], ['npy', 'model']] as const)('takes %s for %s', (name, kind) => {
    expect(fileKind(named(name))).toBe(kind);
  });

  it('trusts the type where the name says nothing', () => {
    expect(fileKind(named('image', 'image/png'))).toBe('picture');
  });
});

describe('sortFiles', () => {
  it('sorts a mixed drop', () => {
    const files = ['m.tflite', 'p.jpg', 'l.txt', 'v.npy', 'r.bin', 'o.json'].map((name) => named(name));
    expect(sortFiles(files, false)).toEqual({
      models: [files[0]], pictures: [files[1]], sounds: [], labels: [files[2]], values: [{ file: files[3], format: 'npy' }, { file: files[4], format: 'raw' }], elsewhere: [files[5]], early: [],
    });
  });

  it('leaves labels and arrays alone while there is no model that they could belong to, and opens raw bytes', () => {
    const files = [named('l.txt'), named('r.bin'), named('p.png'), named('v.npy')];
    expect(sortFiles(files, false)).toEqual({ models: [files[1]], pictures: [files[2]], sounds: [], labels: [], values: [], elsewhere: [], early: [files[0], files[3]] });
    expect(sortFiles(files, true)).toMatchObject({ models: [], labels: [files[0]], early: [] });
  });
});
