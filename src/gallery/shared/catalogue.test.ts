import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPacked } from '../../../scripts/vite/packed-assets';
import { LitescopeError } from '../../errors';
import { parseCatalogue } from './catalogue';

const root = new URL('../../../', import.meta.url);
const json: unknown = JSON.parse(readFileSync(new URL('models/catalog.json', root), 'utf8'));
const notice = readFileSync(new URL('models/NOTICE.md', root), 'utf8');

interface RawCatalogue { models: Record<string, unknown>[] }

/** A copy of the real catalogue with one thing changed. */
function damaged(change: (catalogue: RawCatalogue) => void): unknown {
  const copy = structuredClone(json) as RawCatalogue;
  change(copy);
  return copy;
}

function entryOf(catalogue: RawCatalogue, index: number): Record<string, unknown> {
  const entry = catalogue.models[index];
  if (entry === undefined) throw new Error(`There is no entry ${index}.`);
  return entry;
}

describe('models/catalog.json', () => {
  const { models } = parseCatalogue(json);

  const packaged = models.flatMap(({ source, ...entry }) => ('package' in source ? [{ ...entry, source }] : []));
  const own = models.flatMap(({ source, ...entry }) => ('project' in source ? [{ ...entry, source }] : []));

  it('offers nineteen models of others and two of its own, of ten tasks', () => {
    expect([packaged.length, own.length]).toEqual([19, 2]);
    expect(new Set(models.map(({ task }) => task))).toEqual(new Set(['face detection', 'face mesh', 'palm detection', 'body detection', 'selfie segmentation', 'hand landmarks', 'pose landmarks', 'object detection', 'boxes in space', 'handwritten digits']));
  });

  // What the script wrote down with them, and what it says that they can do, belongs to these very bytes.
  it.each(own)('describes the file of $id that the project made', ({ source, bytes, sha256, file }) => {
    const content = readFileSync(new URL(`models/${source.project}`, root));
    const figures = JSON.parse(readFileSync(new URL('models/digits/figures.json', root), 'utf8')) as { files: Record<string, unknown> };
    expect({ bytes, sha256 }).toEqual({ bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') });
    expect(figures.files[file]).toEqual({ bytes, sha256 });
  });

  // An update of a package that changes a model must not pass unseen: links and reports name these bytes.
  it.each(packaged)('describes the installed file of $id', ({ source, bytes, sha256, version, licence }) => {
    const folder = new URL(`node_modules/${source.package}/`, root);
    const path = fileURLToPath(new URL(source.path, folder));
    const file = source.part === undefined ? readFileSync(path) : readPacked(path, source.part);
    const installed = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string; license: string };
    expect({ bytes, sha256, version, licence }).toEqual({
      bytes: file.byteLength,
      sha256: createHash('sha256').update(file).digest('hex'),
      version: installed.version,
      licence: installed.license,
    });
  });

  it.each(models)('has a notice for $id', ({ source, version, licence, file }) => {
    const line = notice.split('\n').find((text) => text.startsWith(`| ${'package' in source ? source.package : 'this project'} | ${version} | ${licence} |`));
    expect(line).toContain(file);
  });

  it.each(models)('describes $id in one sentence', ({ description }) => {
    expect(description).toMatch(/^[A-Z][^.]*\.$/);
  });
});

describe('parseCatalogue', () => {
  const cases: readonly [string, unknown, RegExp][] = [
    ['nothing', null, /^the catalogue:/],
    ['a list', [], /./],
    ['no models', {}, /^models:/],
    ['a hash of another length', damaged((catalogue) => { entryOf(catalogue, 3)['sha256'] = 'abc'; }), /^models\.3\.sha256: must be 64/],
    ['a size that is no number', damaged((catalogue) => { entryOf(catalogue, 0)['bytes'] = '1'; }), /^models\.0\.bytes:/],
    ['a file outside the folder', damaged((catalogue) => { entryOf(catalogue, 1)['file'] = '../secret.tflite'; }), /^models\.1\.file: must be a plain file name/],
    ['a key that is not known', damaged((catalogue) => { entryOf(catalogue, 2)['colour'] = 'red'; }), /^models\.2\.colour:/],
    ['a decoder that is not known', damaged((catalogue) => { entryOf(catalogue, 2)['decoder'] = { kind: 'magic' }; }), /^models\.2\.decoder\.kind:/],
    ['an id twice', damaged((catalogue) => { entryOf(catalogue, 1)['id'] = entryOf(catalogue, 0)['id']; }), /^models: must not use an id twice/],
    ['a file name twice', damaged((catalogue) => { entryOf(catalogue, 1)['file'] = entryOf(catalogue, 0)['file']; }), /^models: must not use a file name twice/],
  ];
  it.each(cases)('names the place of the first fault: %s', (_, catalogue, details) => {
    try {
      parseCatalogue(catalogue);
    } catch (error) {
      if (!(error instanceof LitescopeError)) throw error;
      expect(error.code).toBe('INVALID_CATALOGUE');
      expect(error.details).toMatch(details);
      return;
    }
    expect.unreachable('the catalogue passed');
  });
});
