import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { gallery as english } from '../../messages/en/gallery';
import { gallery as chinese } from '../../messages/zh-CN/gallery';
import { parseCatalogue, type CatalogueEntry } from './catalogue';
import { inWords, resultInWords } from './in-words';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
const { models } = parseCatalogue(read('models/catalog.json'));
const { pictures } = read('src/app/start/result-pictures.json') as { readonly pictures: Readonly<Record<string, { readonly sample: string; readonly result: string }>> };
const han = /\p{Script=Han}/u;

describe('the message files', () => {
  test('say in English what the catalogue and the pictures say', () => {
    expect(english.models).toEqual(Object.fromEntries(models.map(({ id, title, description }) => [id, { title, description }])));
    expect(Object.keys(english.tasks)).toEqual([...new Set(models.map(({ task }) => task))]);
    expect(Object.keys(english.testInputs)).toEqual([...new Set(models.flatMap(({ test: set }) => set?.description ?? []))]);
    expect(english.results).toEqual(Object.fromEntries(Object.entries(pictures).map(([id, { result }]) => [id, result])));
    expect(new Set(Object.keys(english.samples))).toEqual(new Set(Object.values(pictures).map(({ sample }) => sample)));
    for (const texts of [english.tasks, english.testInputs, english.samples]) for (const [key, text] of Object.entries(texts)) expect(text).toBe(key);
  });

  test.each(models)('say in Chinese what $id is and does, with the figures of its result', ({ id }) => {
    const of = <Text>(texts: Readonly<Record<string, Text>>): Text => texts[id] as Text;
    expect(of(chinese.models).title).toMatch(han);
    expect(of(chinese.models).description).toMatch(han);
    const figures = (text: string) => text.match(/\d+(\.\d+)?/g);
    expect(figures(of(chinese.results))).toEqual(figures(of(english.results)));
  });

  test('have a Chinese word for each task and sample', () => {
    for (const text of [chinese.tasks, chinese.testInputs, chinese.samples].flatMap((texts) => Object.values<string>(texts))) expect(text).toMatch(han);
  });

  test('give titles of one task one beginning, which cards leave out', () => {
    const titles = Object.entries(chinese.models).filter(([id]) => id.startsWith('pose-landmarks')).map(([, { title }]) => title.split('，')[0]);
    expect(new Set(titles).size).toBe(1);
  });
});

describe('an entry in words', () => {
  test('is the catalogue’s own in English', () => {
    expect(models.map(inWords)).toEqual(models);
  });

  test('keeps what nobody has translated', () => {
    const own = { ...models[0], id: 'constructor', title: 'Mine', task: 'toString', description: 'Of my own.', test: { samples: 'a.npy', labels: 'a.txt', description: 'bird' } } as CatalogueEntry;
    expect(inWords(own)).toEqual(own);
    expect(resultInWords('constructor', { sample: 'valueOf', result: '2 birds' })).toEqual({ sample: 'valueOf', result: '2 birds' });
  });
});
