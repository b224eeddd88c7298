import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UsageError } from './errors';
import { namedInput } from './files';

const photo = fileURLToPath(new URL('../public/samples/grace-hopper.jpg', import.meta.url));

function refusal(written: string): string {
  try {
    namedInput(written);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  throw new Error('It was not refused.');
}

describe('what goes into an input', () => {
  it('is a file, for an input by its name or for the next', () => {
    expect(namedInput(photo)).toEqual({ tensor: null, path: photo, kind: 'image' });
    expect(namedInput(`x:0=${photo}`)).toEqual({ tensor: 'x:0', path: photo, kind: 'image' });
  });

  it('is sound by its ending', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sound-'));
    try {
      for (const name of ['clip.wav', 'clip.OGG']) {
        const path = join(folder, name);
        writeFileSync(path, '');
        expect(namedInput(`audio=${path}`)).toEqual({ tensor: 'audio', path, kind: 'audio' });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is numbers, where they look like some', () => {
    expect(namedInput('5.1,3.5,1.4,0.2')).toEqual({ tensor: null, kind: 'values', values: [5.1, 3.5, 1.4, 0.2] });
    expect(namedInput('flower=-1 .5')).toEqual({ tensor: 'flower', kind: 'values', values: [-1, 0.5] });
    expect(namedInput('7')).toEqual({ tensor: null, kind: 'values', values: [7] });
  });

  it('is a sentence, whatever signs and numbers are in it', () => {
    for (const text of ['a great film', 'A great film!', 'It is 10 out of 10.', 'Is x=3 true', 'good']) {
      expect(namedInput(text)).toEqual({ tensor: null, kind: 'text', text });
    }
    expect(namedInput('words=what a bore')).toEqual({ tensor: 'words', kind: 'text', text: 'what a bore' });
  });

  it('is refused where it is none of these', () => {
    expect(refusal('5.1,x,1.4')).toBe('This is not a number: “x”, value 2, is no number.');
    expect(refusal('missing.npy')).toBe('There is no file missing.npy.');
    expect(refusal('my photo.jpg')).toBe('There is no file my photo.jpg.');
    expect(refusal('folder/file')).toBe('There is no file folder/file.');
    expect(refusal('')).toBe('There is no file .');
  });
});
