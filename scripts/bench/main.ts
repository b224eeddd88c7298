/** The bench itself: runs its parts, tells how far it is, prints the tables at the end and keeps every sample as JSON. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { SetupError, heading, runMain } from '../lib/console.mjs';
import { run } from '../lib/processes.mjs';
import { runtimeVersions } from '../vite/runtime-assets';
import { type CureFigures, cureTable, inARowTable, measureCure } from './cure';
import { liveTable, measureLive } from './live';
import type { LiveComparison } from './live-types';
import { readOptions, type BenchOptions, type Part } from './options';
import { measurePreprocessing, preprocessTable } from './preprocess';
import type { FrameTimes } from './preprocess-types';
import { type ProfiledModel, type SlicedModel, measureProfiles, measureSlicing, profileTable, slicingTable } from './profiling';
import { openStage, type Stage } from './stage';
import { measureStartUp, type StartUp } from './start-up';
import { compiledTable, modelsTable, overheadTable, startUpTable } from './tables';
import { type MeasuredVariants, measureVariants, variantsTable } from './variants';
import { besideCompiled, contestants, type BenchPage, type Comparison, type ComparisonRequest, type Contestant, type Overhead, type OverheadRequest } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };

const overheadModels = ['face-detection-short-range', 'hand-landmarks-lite'];
const threadCounts = [1, 2];

interface Figures {
  readonly preprocess: FrameTimes[];
  readonly live: LiveComparison[];
  readonly overhead: Overhead[];
  readonly startUp: StartUp[];
  readonly profiles: ProfiledModel[];
  readonly sliced: SlicedModel[];
  readonly cure: CureFigures[];
  readonly variants: MeasuredVariants[];
  readonly models: Comparison[];
  readonly compiled: Comparison[];
}

async function openBench(stage: Stage): Promise<Page> {
  const page = await stage.newPage('/scripts/bench/page/index.html');
  page.on('pageerror', (error) => { console.error(`  the page: ${error.message}`); });
  await page.waitForFunction(() => 'bench' in window);
  return page;
}

async function galleryTitles(page: Page, options: BenchOptions): Promise<Map<string, string>> {
  const gallery = await page.evaluate(() => (window as PageWindow).bench.gallery());
  const titles = new Map(gallery.map(({ id, title }) => [id, title]));
  const unknown = options.models?.find((id) => !titles.has(id));
  if (unknown !== undefined) throw new SetupError(`The gallery has no model ${unknown}; it has ${[...titles.keys()].join(', ')}.`);
  return titles;
}

/** Fills in the figures as they are measured. */
async function measure(stage: Stage, page: Page, ids: readonly string[], options: BenchOptions, figures: Figures): Promise<void> {
  const started = Date.now();
  const step = (text: string) => { console.log(`  ${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${text}`); };
  if (options.parts.includes('preprocess')) {
    heading('Preprocessing');
    figures.preprocess.push(...await measurePreprocessing(stage, options.preprocess, step));
  }
  if (options.parts.includes('live')) {
    heading('Live');
    figures.live.push(...await measureLive(stage, options.live, step));
  }
  if (options.parts.includes('overhead')) {
    heading('Overhead');
    for (const model of overheadModels) {
      for (const runtime of ['tfjs-tflite', 'litert'] as const) {
        step(`${model} · ${runtime}`);
        const request: OverheadRequest = { model, runtime, ...options.overhead };
        figures.overhead.push(await page.evaluate((asked) => (window as PageWindow).bench.overhead(asked), request));
      }
    }
  }
  if (options.parts.includes('start-up')) {
    heading('Start-up');
    figures.startUp.push(...await measureStartUp(stage, options.startUpRounds, step));
  }
  if (options.parts.includes('profile')) {
    heading('Profiles');
    figures.profiles.push(...await measureProfiles(page, options.quick, step));
  }
  if (options.parts.includes('slicing')) {
    heading('Slicing');
    figures.sliced.push(...await measureSlicing(page, options.quick, step));
  }
  if (options.parts.includes('cure')) {
    heading('Unused lanes of packed weights');
    figures.cure.push(await measureCure(page, options, step));
  }
  if (options.parts.includes('variants')) {
    heading('Variants');
    figures.variants.push(...await measureVariants(page, options.quick, step));
  }
  const compare = async (into: Comparison[], model: string, threads: number, names: readonly Contestant[]): Promise<void> => {
    step(`${model} · ${threads} thread${threads === 1 ? '' : 's'}`);
    const request: ComparisonRequest = { model, contestants: names, threads, rounds: options.rounds, burst: options.burst };
    into.push(await page.evaluate((asked) => (window as PageWindow).bench.compare(asked), request));
  };
  if (options.parts.includes('models')) {
    heading('Models');
    for (const model of ids) for (const threads of threadCounts) await compare(figures.models, model, threads, contestants);
  }
  if (options.parts.includes('compiled')) {
    heading('Compiled models');
    for (const model of ids) await compare(figures.compiled, model, 1, besideCompiled);
  }
  step('done');
}

function printTables(figures: Figures, titles: ReadonlyMap<string, string>): void {
  if (figures.preprocess.length > 0) {
    heading('From a frame to a tensor');
    console.log(preprocessTable(figures.preprocess));
  }
  if (figures.live.length > 0) {
    heading('A live stream');
    console.log(liveTable(figures.live));
  }
  if (figures.overhead.length > 0) {
    heading('Our engine against a bare loop');
    console.log(overheadTable(figures.overhead, titles));
  }
  if (figures.startUp.length > 0) {
    heading('Cold start');
    console.log(startUpTable(figures.startUp));
  }
  if (figures.profiles.length > 0) {
    heading('The profiler beside sessions without it');
    console.log(profileTable(figures.profiles));
  }
  if (figures.sliced.length > 0) {
    heading('Slicing beside the profiler');
    console.log(slicingTable(figures.sliced));
  }
  for (const cure of figures.cure) {
    heading('LiteRT’s loads in a used heap, cured and not');
    console.log(cureTable(cure));
    heading('Models in a row: @litertjs/core as its README shows, and ours');
    console.log(inARowTable(cure));
  }
  if (figures.variants.length > 0) {
    heading('Variants beside their originals');
    console.log(variantsTable(figures.variants));
  }
  if (figures.models.length > 0) {
    heading('The gallery’s models');
    console.log(modelsTable(figures.models, titles));
  }
  if (figures.compiled.length > 0) {
    heading('The gallery’s models, compiled');
    console.log(compiledTable(figures.compiled, titles));
  }
}

/** Parts that run in processes of their own: what they measure is Node's heap and clock, or the built page as it is shipped. */
const nodeParts: Partial<Record<Part, { title: string; script: string; quick?: readonly string[] }>> = {
  format: { title: 'The file format: from bytes to structure, and back', script: 'scripts/bench/format.ts', quick: ['--rounds', '3'] },
  graph: { title: 'The graph’s layout', script: 'scripts/bench/graph.ts' },
  overview: { title: 'From a model that is dropped to the scorecard', script: 'scripts/bench/overview.ts', quick: ['--rounds', '1'] },
  visits: { title: 'A second visit, and what the service worker costs the first', script: 'scripts/bench/visits.ts', quick: ['--rounds', '2'] },
  'graph-frames': { title: 'The graph under the hand: frames while it is dragged, scrolled, zoomed and pointed at', script: 'scripts/bench/graph-frames.ts' },
};

async function measureInNode({ parts, quick }: BenchOptions): Promise<void> {
  for (const part of parts) {
    const measured = nodeParts[part];
    if (measured === undefined) continue;
    heading(measured.title);
    const { code } = await run(process.execPath, ['--import', 'tsx', measured.script, ...(quick ? measured.quick ?? [] : [])]);
    if (code !== 0) throw new SetupError(`${measured.script} failed.`, code);
  }
}

await runMain(async () => {
  const options = readOptions(process.argv.slice(2));
  await measureInNode(options);
  if (options.parts.every((part) => part in nodeParts)) return 0;
  let stopped = false;
  let stage: Stage | null = null;
  const stop = () => {
    stopped = true;
    // Whatever the page computes is cut off, which ends the measuring below with an error.
    void stage?.close();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    heading('Building the bench’s pages');
    stage = await openStage();
    if (stopped) return 130;
    const environment = {
      created: new Date().toISOString(), browser: stage.browser, cores: cpus().length, processor: cpus()[0]?.model ?? 'unknown',
      load: loadavg()[0] ?? 0, runtimes: runtimeVersions,
    };
    const head = `${environment.browser} · ${environment.cores} cores (${environment.processor}) · tfjs-tflite ${runtimeVersions['tfjs-tflite']} · `
      + `litert ${runtimeVersions.litert} · tfjs-kernels ${runtimeVersions['tfjs-kernels']} · load ${environment.load.toFixed(1)} at the start`;
    console.log(head);
    const page = await openBench(stage);
    const titles = await galleryTitles(page, options);
    const figures: Figures = { preprocess: [], live: [], overhead: [], startUp: [], profiles: [], sliced: [], cure: [], variants: [], models: [], compiled: [] };
    await measure(stage, page, options.models ?? [...titles.keys()], options, figures);
    const load = loadavg()[0] ?? 0;
    console.log(`\n${head}, ${load.toFixed(1)} at the end`);
    // Two threads and the browser's own work explain a load of up to three.
    if (load > Math.max(3, environment.cores)) console.log('The machine was busy with other work: take these figures, those of 2 threads above all, for a sketch.');
    printTables(figures, titles);
    mkdirSync(dirname(options.json), { recursive: true });
    writeFileSync(options.json, `${JSON.stringify({ environment, ...figures }, null, 1)}\n`);
    heading(`Every sample: ${relative(process.cwd(), options.json)}`);
    return 0;
  } catch (error) {
    if (stopped) return 130;
    throw error;
  } finally {
    await stage?.close();
  }
});
