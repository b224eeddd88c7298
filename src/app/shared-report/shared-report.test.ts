import { describe, expect, test } from 'vitest';
import type { BenchmarkRow, OpenModel } from '../../api';
import type { CatalogueEntry } from '../../gallery/shared/catalogue';
import { measuredRow } from '../../report/testing/rows';
import { madeReport } from '../../report/testing/made-report';
import type { Report } from '../../report/report';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { SharedReport } from './shared-report.svelte';

const open: OpenModel = openedModel('a'.repeat(16));
const identity = (sha256: string, url?: string) => ({ name: `${sha256[0]}.tflite`, sha256, bytes: 1, ...(url === undefined ? {} : { url }) });
const inGallery = identity('b'.repeat(64));
const elsewhere = identity('c'.repeat(64), 'https://models.example:8080/c.tflite');
const onlyAsFile = identity('d'.repeat(64));
const rowOf = (model: ReturnType<typeof identity>) => measuredRow({ samples_ms: [1], model });
const reportOf = (...models: readonly ReturnType<typeof identity>[]): Report => ({ ...madeReport({ ops: 0, samples: 1 }), results: models.map(rowOf) });
const entry = { id: 'the-b', sha256: inGallery.sha256 } as CatalogueEntry;

describe('a report that a link brought', () => {
  test('names each model once, with the way on which it can come here', async () => {
    const shared = new SharedReport();
    shared.show(reportOf(identity(open.sha256), inGallery, elsewhere, inGallery, onlyAsFile));
    await shared.findModels(fakeLitescope({ gallery: () => Promise.resolve([entry]), models: () => [open] }));
    expect(shared.models.map((model) => [model.name, shared.wayTo(model)])).toEqual([
      ['a.tflite', { kind: 'open', id: open.id }],
      ['b.tflite', { kind: 'gallery', id: 'the-b' }],
      ['c.tflite', { kind: 'address', url: 'https://models.example:8080/c.tflite', host: 'models.example:8080' }],
      ['d.tflite', { kind: 'file' }],
    ]);
  });

  test('is measured here row by row, on models of its own hash', async () => {
    const shared = new SharedReport();
    const there = reportOf(inGallery, elsewhere, inGallery);
    shared.show(there);
    const asked: unknown[] = [];
    let rows: readonly BenchmarkRow[] = [];
    const models = { b: { ...open, id: 'b', sha256: inGallery.sha256 }, c: { ...open, id: 'c', sha256: elsewhere.sha256 } };
    const here = reportOf(inGallery, elsewhere, inGallery);
    const litescope = fakeLitescope({
      gallery: () => Promise.resolve([entry]), models: () => [],
      openFromGallery: (id) => { asked.push(id); return Promise.resolve(models.b); },
      open: (source, options) => { asked.push([source, options?.sha256, options?.name]); return Promise.resolve(models.c); },
      benchmarkRows: (given) => { rows = given; return Promise.resolve(here); },
    });
    await shared.findModels(litescope);
    const opened: string[] = [];
    await shared.run(litescope, ({ id }) => { opened.push(id); }, {});
    expect(asked).toEqual(['the-b', [elsewhere.url, elsewhere.sha256, 'c.tflite']]);
    expect([opened, rows.map(({ id }) => id)]).toEqual([['b', 'c'], ['b', 'c', 'b']]);
    const [, second] = there.results;
    expect(second === undefined || !('samples_ms' in second) ? undefined : shared.counterpart(second)).toBe(here.results[1]);
  });

  test('asks for the file of a model that nobody brought, with its hash', async () => {
    const shared = new SharedReport();
    shared.show(reportOf(onlyAsFile));
    await expect(shared.run(fakeLitescope({ models: () => [] }), () => undefined, {})).rejects.toMatchObject({ code: 'UNKNOWN_MODEL', details: `Drop the file of d.tflite on the page; its SHA-256 is ${onlyAsFile.sha256}.` });
    expect(shared.here).toBeNull();
  });

  test('has no figures of another report that came meanwhile', async () => {
    const shared = new SharedReport();
    shared.show(reportOf(identity(open.sha256)));
    const next = reportOf(onlyAsFile);
    const litescope = fakeLitescope({ models: () => [open], benchmarkRows: () => { shared.show(next); return Promise.resolve(reportOf(inGallery)); } });
    await shared.run(litescope, () => undefined, {});
    expect([shared.there, shared.here]).toEqual([next, null]);
  });
});
