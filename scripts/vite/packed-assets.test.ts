import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPacked } from './packed-assets';

const folder = mkdtempSync(join(tmpdir(), 'litescope-packed-'));
const data = join(folder, 'some_packed_assets.data');

beforeAll(() => {
  writeFileSync(data, 'abcdefgh');
  const files = [{ filename: '/models/one.tflite', start: 0, end: 3 }, { filename: '/models/two.tflite', start: 3, end: 8 }, { filename: '/a/same.txt', start: 0, end: 1 }, { filename: '/b/same.txt', start: 1, end: 2 }];
  writeFileSync(join(folder, 'some_packed_assets_loader.js'), `var Module;\n  loadPackage({"files": ${JSON.stringify(files)}, "remote_package_size": 8});\n`);
});
afterAll(() => { rmSync(folder, { recursive: true }); });

it('cuts a file out by the place that the loader names', () => {
  expect(readPacked(data, 'two.tflite').toString()).toBe('defgh');
});

it.each([['three.tflite', 0], ['same.txt', 2]])('says how many files are called %s', (name, count) => {
  expect(() => readPacked(data, name)).toThrow(`has ${count} files ${name}`);
});
