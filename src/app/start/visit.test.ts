import { describe, expect, test } from 'vitest';
import type { OpenModel } from '../../api';
import type { Shared } from '../context';
import { Pictures } from '../setup/pictures.svelte';
import { Notices } from '../state/notices.svelte';
import { Problems } from '../state/problems.svelte';
import { Workbench } from '../state/workbench.svelte';
import { fakeLitescope, openedModel } from '../testing/fakes';
import type { KeptFiles } from './kept-files';
import { Opening } from './opening.svelte';
import { Visit } from './visit.svelte';

const dropped = openedModel('d'.repeat(16));
const addressed: OpenModel = { ...openedModel('e'.repeat(16)), url: 'https://models.example/e.tflite' };
const fromGallery = { ...openedModel('f'.repeat(16)), entry: { id: 'face' } } as unknown as OpenModel;

/** A page whose browser keeps files in a map, or refuses to. */
function scene({ memory = new Map<string, string>(), files = new Map<string, Blob>(), full = false } = {}) {
  const asked: unknown[] = [];
  const litescope = fakeLitescope({
    close: () => undefined,
    open: (source, options) => { asked.push(source instanceof File ? `file ${source.name}${options?.madeFrom === undefined ? '' : ` made of ${options.madeFrom}`}` : source); return Promise.resolve(source instanceof File ? dropped : addressed); },
    openFromGallery: (id) => { asked.push(`gallery ${id}`); return Promise.resolve(fromGallery); },
  });
  const problems = new Problems();
  const pictures = new Pictures();
  const workbench = new Workbench(litescope, pictures);
  const notices = new Notices();
  const shared = { litescope, problems, pictures, workbench, notices, opening: new Opening(litescope, workbench, problems) } as unknown as Shared;
  const kept = {
    put: (id: string, file: Blob) => { if (full) return Promise.reject(new DOMException('full', 'QuotaExceededError')); files.set(id, file); return Promise.resolve(); },
    get: (id: string) => Promise.resolve(files.get(id) ?? null), clear: () => { files.clear(); return Promise.resolve(); }, forgetOld: () => Promise.resolve(),
  } as unknown as KeptFiles;
  const visit = new Visit(shared, kept, { getItem: (key) => memory.get(key) ?? null, setItem: (key, value) => { memory.set(key, value); } });
  return { asked, files, memory, notices, pictures, problems, visit, workbench };
}

/** A visit in which these were open, the second one looked at. */
async function visited(models: readonly OpenModel[]) {
  const first = scene();
  await first.visit.begin(false);
  for (const model of models) first.workbench.add(model);
  first.workbench.select(models[1]?.id ?? null);
  first.visit.remember();
  await Promise.resolve();
  return first;
}

describe('what is open', () => {
  test('comes back after a reload, each from where it came, and the one that was looked at is looked at', async () => {
    const { memory, files } = await visited([fromGallery, dropped, addressed]);
    expect([...files.keys()]).toEqual([dropped.id]);
    const { asked, visit, workbench } = scene({ memory, files });
    expect(await visit.begin(true)).toBe(true);
    expect(asked).toEqual(['gallery face', `file ${dropped.name}`, 'https://models.example/e.tflite']);
    expect([workbench.models.map(({ model }) => model.id), workbench.selected?.model.id, visit.keptFiles]).toEqual([[fromGallery.id, dropped.id, addressed.id], dropped.id, 1]);
  });

  test('knows what it was made of after a reload', async () => {
    const { memory, files } = await visited([fromGallery, { ...dropped, madeFrom: fromGallery.id }]);
    const { asked, visit } = scene({ memory, files });
    await visit.begin(true);
    expect(asked).toEqual(['gallery face', `file ${dropped.name} made of ${fromGallery.id}`]);
  });

  test('does not come back to a page that is come to anew', async () => {
    const { memory, files } = await visited([fromGallery, dropped]);
    const { asked, visit } = scene({ memory, files });
    expect(await visit.begin(false)).toBe(false);
    expect(asked).toEqual([]);
  });

  test('leaves out a file that was forgotten', async () => {
    const { memory, files, visit: before } = await visited([fromGallery, dropped]);
    expect(before.keptFiles).toBe(1);
    await before.forget();
    expect(before.keptFiles).toBe(0);
    before.remember();
    const { asked, visit, workbench } = scene({ memory, files });
    await visit.begin(true);
    expect([asked, workbench.selected?.model.id]).toEqual([['gallery face'], fromGallery.id]);
  });

  test('is told to be lost by a reload where the browser keeps nothing more', async () => {
    const { notices, visit, workbench } = scene({ full: true });
    await visit.begin(false);
    workbench.add(dropped);
    visit.remember();
    await Promise.resolve();
    await Promise.resolve();
    expect([notices.text, visit.keptFiles]).toEqual([`This browser has no room to keep ${dropped.name}: a reload will lose it.`, 0]);
    notices.clear();
  });

  test('brings back the picture that was brought last, which takes the place of the one before', async () => {
    const first = scene();
    await first.visit.begin(false);
    for (const name of ['cat.jpg', 'dog.jpg']) {
      first.pictures.add(new File([name], name, { type: 'image/jpeg' }));
      first.visit.remember();
      await Promise.resolve();
    }
    expect([first.files.size, first.visit.keptFiles]).toEqual([1, 1]);
    const { pictures, visit } = scene(first);
    await visit.begin(true);
    expect([pictures.latest?.name, await pictures.latest?.blob.text(), visit.keptFiles]).toEqual(['dog.jpg', 'dog.jpg', 1]);
  });

  test('begins anew where what was noted is no list', async () => {
    const { visit } = scene({ memory: new Map([['litescope.open', 'nonsense']]) });
    expect(await visit.begin(true)).toBe(false);
  });
});
