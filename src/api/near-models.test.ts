import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCatalogue } from '../gallery/shared/catalogue';
import { nearModels, unknownGalleryModel } from './near-models';
import { changesBetween } from './nearest-name';

const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('../../models/catalog.json', import.meta.url), 'utf8')));

/** By its definition, without a table. */
function slowDistance(text: string, name: string): number {
  if (text === '' || name === '') return text.length + name.length;
  const [first, ...rest] = text;
  const [other, ...others] = name;
  const [shorter, shorterName] = [rest.join(''), others.join('')];
  return Math.min(slowDistance(shorter, shorterName) + (first === other ? 0 : 1), slowDistance(shorter, name) + 1, slowDistance(text, shorterName) + 1);
}

const short = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 5 });

it.each([['kitten', 'sitting', 3], ['flaw', 'lawn', 2], ['', 'abc', 3], ['gallery', 'gallery', 0]] as const)('from %j to %j it is %i', (text, name, distance) => {
  expect(changesBetween(text, name)).toBe(distance);
});

it('is the least number of edits, of the whole name or of its nearest part', () => {
  fc.assert(fc.property(short, short, (text, name) => {
    expect(changesBetween(text, name)).toBe(slowDistance(text, name));
    const partsOfName = Array.from({ length: name.length + 1 }, (_, start) => Array.from({ length: name.length + 1 - start }, (__, length) => name.slice(start, start + length))).flat();
    expect(changesBetween(text, name, true)).toBe(Math.min(...partsOfName.map((part) => slowDistance(text, part))));
  }));
});

it.each([
  ['face-detection-shortrange', 'face-detection-short-range'],
  ['Face Detection', 'face-detection'],
  ['selfie_segmentation', 'selfie-segmentation'],
  ['hand', 'hand-landmarks'],
  ['posse', 'pose-'],
  ['digit', 'digits'],
  ['landmarks heavy', 'pose-landmarks-heavy'],
])('finds for %j what begins with %s first', (text, nearest) => {
  expect(nearModels(text, models)[0]?.id).toMatch(new RegExp(`^${nearest}`));
});

it('always names three, and none where there are none', () => {
  expect(unknownGalleryModel('nothing', models)).toMatchObject({ code: 'UNKNOWN_GALLERY_MODEL' });
  expect(unknownGalleryModel('digits-float', models).details).toMatch(/^There is no “digits-float”\. Nearest: digits-int8, digits, [a-z-]+\.$/);
  expect(unknownGalleryModel('digits', []).details).toBe('There is no “digits”.');
});
