import { describe, expect, test } from 'vitest';
import type { Litescope, OpenModel, OpenOptions } from '../../api';
import { deferred } from '../../threads/testing/deferred';
import { LitescopeError } from '../../errors';
import type { CatalogueEntry } from '../../gallery/shared/catalogue';
import { defaultPlan } from '../../report/benchmark';
import { madeReport } from '../../report/testing/made-report';
import type { Shared } from '../context';
import { ConfigurationChoice } from '../setup/configuration-choice.svelte';
import { Pictures } from '../setup/pictures.svelte';
import { CameraChoice } from '../live/camera-choice.svelte';
import { Activity } from '../state/activity.svelte';
import { Problems } from '../state/problems.svelte';
import { ViewChoice } from '../state/view-choice.svelte';
import { Workbench } from '../state/workbench.svelte';
import { fakeLitescope, openedModel } from '../testing/fakes';
import { cameraModel, startWithCamera } from './actions';
import { Opening } from './opening.svelte';
import { PageAddress } from './page-address.svelte';

const page = 'https://here.example/app/';
const model: OpenModel = openedModel();

/** As much of the page as models need to arrive. */
function scene(methods: Partial<Litescope>) {
  const measured: string[] = [];
  const litescope = fakeLitescope({ models: () => [model], ...methods });
  const pictures = Object.assign(new Pictures(), { load: () => Promise.resolve() });
  const problems = new Problems();
  const workbench = new Workbench(litescope, pictures);
  const shared = {
    litescope, pictures, problems, workbench, activity: new Activity(), view: new ViewChoice(), configuration: new ConfigurationChoice(), opening: new Opening(litescope, workbench, problems),
    benchmark: { plan: defaultPlan, measurements: [], measure: (_: unknown, work: { model: OpenModel }) => { measured.push(work.model.name); return Promise.resolve(); } },
    live: { camera: new CameraChoice(), started: [] as string[], async start(work: { model: OpenModel }, open: () => Promise<unknown>) { await open(); this.started.push(work.model.name); } },
    sharedReport: { shown: [] as unknown[], show(report: unknown) { this.shown.push(report); } },
  };
  return { ...shared, measured, address: new PageAddress(shared as unknown as Shared) };
}

const codesOf = ({ list }: Problems) => list.map(({ subject, error: { code } }) => [subject, code]);

describe('models on their way in', () => {
  test('come one after the other, each with its progress, and one that fails does not stop the next', async () => {
    const first = deferred<OpenModel>();
    const asked: string[] = [];
    let options: OpenOptions = {};
    const { opening, workbench, problems } = scene({
      open: (source, given = {}) => {
        const { name } = source as File;
        asked.push(name);
        options = given;
        return name === 'broken.tflite' ? Promise.reject(new LitescopeError('NOT_TFLITE', 'no')) : first.promise;
      },
    });
    const arriving = opening.fromFiles([new File([], 'a.tflite'), new File([], 'broken.tflite')]);
    expect([asked, opening.arrivals.map(({ name, progress }) => [name, progress.text])]).toEqual([['a.tflite'], [['a.tflite', 'Opening']]]);
    options.onProgress?.({ kind: 'download', what: 'a.tflite', loaded_bytes: 1_200_000, total_bytes: 2_400_000 });
    expect(opening.arrivals[0]?.progress).toMatchObject({ text: 'Downloading a.tflite: 1.20 MB of 2.40 MB', fraction: 0.5 });
    first.resolve(model);
    await arriving;
    expect([asked, opening.arrivals, workbench.models.length, codesOf(problems)]).toEqual([['a.tflite', 'broken.tflite'], [], 1, [['broken.tflite', 'NOT_TFLITE']]]);
  });

  test('of a bundle the person says which, and no failure is told', async () => {
    const members = ['a.tflite', 'b.tflite'];
    const asked: (string | undefined)[] = [];
    const { opening, workbench, problems } = scene({
      open: (_, { member } = {}) => {
        asked.push(member);
        if (member === undefined) return Promise.reject(new LitescopeError('SEVERAL_MODELS', 'two', { choices: members }));
        return Promise.resolve(openedModel(member.slice(0, 1).repeat(16)));
      },
    });
    const bring = () => opening.fromFiles([new File([], 'face.task')]);
    await bring();
    // Brought again, it is asked about once.
    await bring();
    const [bundle, ...others] = opening.bundles;
    if (bundle === undefined) throw new Error('Nothing is offered.');
    expect([bundle.name, bundle.members, others, codesOf(problems)]).toEqual(['face.task', members, [], []]);
    await opening.fromBundle(bundle, members);
    expect([asked, opening.bundles, workbench.models.map(({ model: { name } }) => name), workbench.selected?.model.name]).toEqual([[undefined, undefined, ...members], [], members, 'a.tflite']);
    await bring();
    for (const each of opening.bundles) await opening.fromBundle(each, []);
    expect([opening.bundles, workbench.models.length]).toEqual([[], 2]);
  });

  test('several at once all open, the first that does is looked at, and one that is broken says why', async () => {
    const models = ['b', 'c', 'd'].map((letter) => openedModel(letter.repeat(16)));
    const { opening, workbench, problems } = scene({
      open: (source) => {
        const found = models.find(({ name }) => name === (source as File).name);
        return found === undefined ? Promise.reject(new LitescopeError('NOT_TFLITE', 'no')) : Promise.resolve(found);
      },
    });
    await opening.fromFiles(['broken.tflite', 'b.tflite', 'c.tflite', 'torn.tflite', 'd.tflite'].map((name) => new File([], name)));
    expect([workbench.models.map(({ model: { name } }) => name), workbench.selected?.model.name]).toEqual([['b.tflite', 'c.tflite', 'd.tflite'], 'b.tflite']);
    expect(codesOf(problems)).toEqual([['torn.tflite', 'NOT_TFLITE'], ['broken.tflite', 'NOT_TFLITE']]);
  });

  test('that failed are tried again by their own way out', async () => {
    let fails = true;
    const { opening, workbench, problems } = scene({ open: () => (fails ? Promise.reject(new LitescopeError('OFFLINE', 'models.example')) : Promise.resolve(model)) });
    await opening.fromAddress('https://models.example/a.tflite');
    const [problem] = problems.at('open');
    if (problem?.retry === undefined) throw new Error('There is no way out.');
    problems.dismiss(problem.id);
    fails = false;
    problem.retry();
    await Promise.resolve();
    await Promise.resolve();
    expect([problems.list, workbench.selected?.model.id]).toEqual([[], model.id]);
  });

  test('can be cancelled, which is no problem', async () => {
    const { opening, problems, workbench } = scene({
      open: (_, options) => new Promise((_resolve, reject) => { options?.signal?.addEventListener('abort', () => { reject(new LitescopeError('CANCELLED')); }); }),
    });
    const arriving = opening.fromAddress('https://models.example/a.tflite');
    opening.cancel(opening.arrivals[0]?.id ?? -1);
    await arriving;
    expect([opening.arrivals, problems.list, workbench.models]).toEqual([[], [], []]);
  });

  test('that are asked for anew make earlier failures old news', async () => {
    let fails = true;
    const { opening, problems } = scene({ openFromGallery: () => (fails ? Promise.reject(new LitescopeError('DOWNLOAD_FAILED', 'no')) : Promise.resolve(model)) });
    await opening.fromGallery({ id: 'face', title: 'Face' });
    expect(codesOf(problems)).toEqual([['Face', 'DOWNLOAD_FAILED']]);
    fails = false;
    await opening.fromGallery({ id: 'face', title: 'Face' });
    expect(problems.list).toEqual([]);
  });
});

describe('a camera from the start page', () => {
  const entry = { ...cameraModel } as CatalogueEntry;

  test('runs a model that finds faces, which is looked at live from its first moment', async () => {
    const asked: unknown[] = [];
    const views: unknown[] = [];
    const { litescope, live, workbench, view, ...others } = scene({
      openFromGallery: (id) => { asked.push(id); return Promise.resolve({ ...model, entry }); },
      sources: { openCamera: (wanted: unknown) => { asked.push(wanted); return Promise.resolve(null); } } as unknown as Litescope['sources'],
    });
    const add = workbench.add.bind(workbench);
    workbench.add = (opened) => { views.push(view.current); add(opened); };
    await startWithCamera({ ...others, litescope, live, workbench, view } as unknown as Shared);
    expect([asked, live.started, views, workbench.selected?.model.id]).toEqual([[cameraModel.id, { width: 640, height: 480 }], [model.name], ['live'], model.id]);
  });

  test('is not asked for where the model does not open, and no view changes', async () => {
    const page = scene({ openFromGallery: () => Promise.reject(new LitescopeError('DOWNLOAD_FAILED', 'no')) });
    await startWithCamera(page as unknown as Shared);
    expect([page.live.started, page.view.current, codesOf(page.problems)]).toEqual([[], 'overview', [[cameraModel.title, 'DOWNLOAD_FAILED']]]);
  });
});

describe('what the page’s address asks for', () => {
  const gallery = () => Promise.resolve([{ id: 'face', title: 'Face' } as CatalogueEntry]);

  test('a model of the gallery opens by itself, in the configuration of the address, and is measured if asked', async () => {
    const { address, configuration, workbench, measured } = scene({ gallery, openFromGallery: () => Promise.resolve(model) });
    const parameters = new URLSearchParams('model=face&run=1&runtime=litert&threads=2');
    address.configure(parameters);
    await address.follow(parameters, page);
    expect([configuration.requested, workbench.selected?.model.id, measured]).toEqual([{ runtime: 'litert', accelerator: 'auto', threads: 2 }, model.id, [model.name]]);
  });

  test('a name that the gallery does not have is told with those that are near, each of which opens', async () => {
    const entries = ['digits', 'face-detection', 'hand-landmarks', 'pose-landmarks'].map((id) => ({ id, title: `The ${id}` } as CatalogueEntry));
    const asked: string[] = [];
    const { address, problems, measured } = scene({ gallery: () => Promise.resolve(entries), openFromGallery: (id) => { asked.push(id); return Promise.resolve(model); } });
    await address.follow(new URLSearchParams('model=faces&run=1'), page);
    const [problem] = problems.at('open');
    expect([problem?.error.code, problem?.error.details, problem?.steps?.length]).toEqual(['UNKNOWN_GALLERY_MODEL', expect.stringMatching(/^There is no “faces”\. Nearest: face-detection, /), 3]);
    expect(problem?.steps?.[0]?.caption).toBe('The face-detection');
    problem?.steps?.[0]?.act();
    await new Promise((resolve) => { setImmediate(resolve); });
    expect([asked, measured, problems.list]).toEqual([['face-detection'], [model.name], []]);
  });

  test('without the gallery’s list, nobody knows which names it has', async () => {
    const { address, problems } = scene({ gallery: () => Promise.reject(new LitescopeError('INVALID_CATALOGUE', 'no')) });
    await address.follow(new URLSearchParams('model=face'), page);
    expect(codesOf(problems)).toEqual([['?model=face', 'INVALID_CATALOGUE']]);
  });

  test('a model of another host waits for a yes', async () => {
    const opened: unknown[] = [];
    const { address, measured } = scene({ gallery, open: (source) => { opened.push(source); return Promise.resolve(model); } });
    const url = 'https://models.example/a.tflite';
    await address.follow(new URLSearchParams({ model: url, run: '1' }), page);
    expect([address.request, opened]).toEqual([{ kind: 'foreign', url, host: 'models.example', run: true }, []]);
    await address.accept();
    expect([address.request, opened, measured]).toEqual([null, [url], [model.name]]);
    await address.follow(new URLSearchParams({ model: url }), page);
    address.dismiss();
    await address.accept();
    expect([address.request, opened.length]).toEqual([null, 1]);
  });

  test('one of this site opens by itself; what is no address is told', async () => {
    const opened: unknown[] = [];
    const { address, problems } = scene({ gallery: () => Promise.reject(new Error('offline')), open: (source) => { opened.push(source); return Promise.resolve(model); } });
    await address.follow(new URLSearchParams('model=models/a.tflite'), page);
    expect(opened).toEqual(['https://here.example/app/models/a.tflite']);
    await address.follow(new URLSearchParams('model=javascript:alert(1)'), page);
    expect(codesOf(problems)).toEqual([['javascript:alert(1)', 'INVALID_URL']]);
    await address.follow(new URLSearchParams('threads=3'), page);
    expect(opened).toHaveLength(1);
  });

  test('a model that does not open has nothing measured, nor has the one that was open', async () => {
    const { address, workbench, measured, problems } = scene({ gallery, openFromGallery: () => Promise.reject(new LitescopeError('DOWNLOAD_FAILED', 'no')) });
    workbench.add(model);
    await address.follow(new URLSearchParams('model=face&run=1'), page);
    expect([measured, codesOf(problems)]).toEqual([[], [['Face', 'DOWNLOAD_FAILED']]]);
  });

  test('a report is shown, and one that cannot be read is told', async () => {
    const report = madeReport({ ops: 0, samples: 1 });
    const { address, sharedReport, problems } = scene({ readReportLink: (text) => (text === 'good' ? Promise.resolve(report) : Promise.reject(new LitescopeError('INVALID_LINK', 'no'))) });
    await address.openReport('');
    await address.openReport('#somewhere');
    await address.openReport('#report=good');
    await address.openReport('#report=bad');
    expect([sharedReport.shown, codesOf(problems)]).toEqual([[report], [['The link', 'INVALID_LINK']]]);
  });
});
