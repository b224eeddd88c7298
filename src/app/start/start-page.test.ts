import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CatalogueEntry, parseCatalogue } from '../../gallery/shared/catalogue';
import { cameraModel } from './actions';
import flow from './model-flow.json';
import kept from './result-pictures.json';
import { resultPictureOf } from './result-pictures';
import { byTask, splitTitle } from './task-cards';

const root = new URL('../../../', import.meta.url);
const { models } = parseCatalogue(JSON.parse(readFileSync(new URL('models/catalog.json', root), 'utf8')));
const folder = new URL('public/gallery/', root);

describe('pictures of the gallery', () => {
  const digests = new Map(Object.entries(kept.pictures).map(([id, { sha256 }]) => [id, sha256]));

  // Run scripts/gallery-pictures.ts anew when a model changes: what is shown is what it makes of its sample.
  test.each(models)('show a result of $id as its file is now', ({ id, sha256 }) => {
    expect(digests.get(id)).toBe(sha256);
    const picture = resultPictureOf(id);
    expect(picture?.result).toMatch(/\w/);
    const bytes = readFileSync(new URL(`public/${picture?.address ?? ''}`, root));
    expect([bytes.subarray(0, 4).toString('latin1'), bytes.subarray(8, 12).toString('latin1')]).toEqual(['RIFF', 'WEBP']);
    expect(bytes.length).toBeLessThan(15_000);
  });

  test('are there for nothing else, and are less than 300 kB together', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.webp'));
    expect(files.toSorted()).toEqual([...models.map(({ id }) => `${id}.webp`), 'photo.webp'].toSorted());
    expect(files.reduce((sum, name) => sum + readFileSync(new URL(name, folder)).length, 0)).toBeLessThan(300_000);
  });

  test('are missing for a model that nobody took one of', () => {
    expect(resultPictureOf('nobody')).toBeNull();
    expect(resultPictureOf('constructor')).toBeNull();
  });
});

test('the graph of the start page is that of the model that it names, and the camera’s model is in the gallery', () => {
  const face = models.find(({ id }) => id === cameraModel.id);
  expect([face?.title, face?.sha256]).toEqual([cameraModel.title, flow.sha256]);
});

describe('cards', () => {
  const entry = (title: string, task: string) => ({ title, task }) as CatalogueEntry;

  test('hold the models of a task, in the order of the catalogue', () => {
    const cards = byTask([entry('A, small', 'a'), entry('B', 'b'), entry('A, large', 'a')]);
    expect(cards.map(({ name, entries }) => [name, entries.map(({ title }) => title)])).toEqual([['a', ['A, small', 'A, large']], ['b', ['B']]]);
  });

  test.each([
    [['Face, short', 'Face, full, sparse'], [['Face, ', 'short'], ['Face, ', 'full, sparse']]],
    [['Digits', 'Digits, int8'], [['', 'Digits'], ['Digits, ', 'int8']]],
    [['Hand, lite', 'Palm'], [['Hand, ', 'lite'], ['', 'Palm']]],
    [['手部关键点，轻量版', '手部关键点，完整版'], [['手部关键点，', '轻量版'], ['手部关键点，', '完整版']]],
    [['手写数字', '手写数字，int8'], [['', '手写数字'], ['手写数字，', 'int8']]],
  ])('name %j by what tells them apart', (titles, parts) => {
    const task = { name: 'a', entries: titles.map((title) => entry(title, 'a')) };
    expect(task.entries.map((each) => splitTitle(each, task))).toEqual(parts);
  });

  test('lose nothing of a title', () => {
    for (const task of byTask(models)) for (const each of task.entries) expect(splitTitle(each, task).join('')).toBe(each.title);
  });
});
