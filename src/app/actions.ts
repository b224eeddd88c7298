import type { Litescope } from '../api';
import { LitescopeError } from '../errors';
import type { RequestedConfiguration } from '../engine/protocol';
import type { TensorPlace } from '../inspect/descriptions';
import type { Shared } from './context';
import { droppedFiles, isInFolder } from './files/dropped-files';
import { isModelFile, sortFiles } from './files/file-kinds';
import type { PassPreview } from '../engine/quantize/protocol';
import type { ActivityKind } from './state/activity.svelte';
import type { Report } from '../report/report';
import type { MadeVariant } from './variants/variants-state.svelte';
import type { WorkModel } from './state/work-model.svelte';

/** Runs the model once as it is set up. Failures become problems beside the result; earlier results stay. */
export function runModel(shared: Shared, work: WorkModel): Promise<void> {
  const { litescope, configuration } = shared;
  return attempt(shared, 'run', work, (options) => work.run.run(litescope, work, configuration.requested, options));
}

/** Benchmarks the model as it is set up. */
export function benchmarkModel(shared: Shared, work: WorkModel): Promise<void> {
  const { litescope, configuration, benchmark, runHistory } = shared;
  return attempt(shared, 'benchmark', work, async (options) => {
    await benchmark.measure(litescope, work, configuration.requested, options);
    await keep(runHistory, benchmark.measurements[0]?.report);
  });
}

/** Measures the chosen configurations of this model and others in turn. */
export function compareModels(shared: Shared, work: WorkModel, others: readonly WorkModel[]): Promise<void> {
  const { litescope, comparison, benchmark, runHistory } = shared;
  return attempt(shared, 'compare', work, async (options) => {
    await comparison.measure(litescope, [work, ...others], benchmark.plan, options);
    await keep(runHistory, comparison.report);
  });
}

export function sweepModel(shared: Shared, work: WorkModel, others: readonly WorkModel[]): Promise<void> {
  const { litescope, sweep, benchmark, runHistory } = shared;
  return attempt(shared, 'sweep', work, async (options) => {
    await sweep.measure(litescope, [work, ...others], benchmark.plan, options);
    await keep(runHistory, sweep.of(work.model.id)?.report);
  });
}

/** Measures all that tells why the model is as slow as it is, as it is set up. */
export function explainModel(shared: Shared, work: WorkModel): Promise<void> {
  const { litescope, configuration, why, sweep, benchmark, runHistory } = shared;
  return attempt(shared, 'why', work, async (options) => {
    await why.measure(litescope, work, configuration.requested, benchmark.plan, sweep, options);
    await keep(runHistory, why.of(work.model.id)?.report);
  });
}

/** Times the ops of the model as it is set up. */
export function profileModel(shared: Shared, work: WorkModel): Promise<void> {
  const { litescope, configuration, benchmark } = shared;
  return attempt(shared, 'profile', work, (options) => work.profile.measure(litescope, work, configuration.requested, benchmark.plan, options));
}

/** Measures whole runs beside the model's profile, so that it can leave the page. */
export function measureProfiledModel(shared: Shared, work: WorkModel): Promise<void> {
  const { litescope, benchmark, runHistory } = shared;
  return attempt(shared, 'profile', work, async (options) => {
    await work.profile.measureWhole(litescope, work, benchmark.plan, options);
    await keep(runHistory, work.profile.report);
  });
}

/** Makes a variant by passes. */
export function rewriteModel(shared: Shared, work: WorkModel, previews: readonly PassPreview[]): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeRewritten(shared.litescope, work, previews, options));
}

/** Makes a variant with smaller numbers. */
export function quantizeModel(shared: Shared, work: WorkModel): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.makeQuantized(shared.litescope, work, options));
}

/** Compares a variant with the model that it was made of, layer by layer. */
export function compareVariantLayers(shared: Shared, work: WorkModel, made: MadeVariant): Promise<void> {
  return attempt(shared, 'variant', work, (options) => work.variants.compareLayers(shared.litescope, work, made, options));
}

/** Runs the model as it is set up on all runtimes and compares what they compute. */
export function crossCheckModel(shared: Shared, work: WorkModel): Promise<void> {
  return attempt(shared, 'cross-check', work, (options) => work.crossCheck.check(shared.litescope, work, options));
}

/** Runs models on the same inputs and holds their outputs, and then their latency, against the first one's. */
export function compareOutputs(shared: Shared, work: WorkModel, others: readonly WorkModel[], configurations: readonly RequestedConfiguration[]): Promise<void> {
  const { litescope, comparison, configuration, benchmark, runHistory } = shared;
  const latency = { configurations, plan: benchmark.plan, comparison: comparison.plan };
  return attempt(shared, 'outputs', work, (options) => work.outputs.compare(litescope, work, others, configuration.requested, latency, (report) => keep(runHistory, report), options));
}

/** Shows what two models made of one input of the latest comparison. */
export function lookAtSample(shared: Shared, work: WorkModel, index: number): Promise<void> {
  return attempt(shared, 'outputs', work, (options) => work.outputs.lookAt(shared.litescope, work, index, options));
}

/** Finds the layer where another model's values part from this one's. */
export function compareLayers(shared: Shared, work: WorkModel, other: WorkModel): Promise<void> {
  return attempt(shared, 'layers', work, (options) => work.outputs.compareLayers(shared.litescope, work, other, options));
}

/** Runs the model as it is set up where every tensor can be seen, and shows this one. */
export function lookAtTensor(shared: Shared, work: WorkModel, place: TensorPlace): Promise<void> {
  return attempt(shared, 'look', work, (options) => work.look.look(shared.litescope, work, place, options));
}

/** Measures the configurations of a report that a link brought. */
export function runSharedReport({ activity, problems, notices, litescope, runHistory, sharedReport, workbench }: Shared): Promise<void> {
  const [first] = sharedReport.models;
  if (first === undefined) return Promise.resolve();
  problems.clear('open', null);
  return activity.perform('benchmark', first.sha256.slice(0, 16), async (options) => {
    try {
      await sharedReport.run(litescope, (model) => { workbench.add(model); }, options);
      await keep(runHistory, sharedReport.here);
    } catch (error) {
      if (LitescopeError.from(error).code === 'CANCELLED') notices.say('Cancelled.');
      else problems.add('open', first.name, error);
    }
  });
}

/** What was measured is kept without being asked: a person may miss it only later. */
async function keep(runHistory: Shared['runHistory'], report: Report | null | undefined): Promise<void> {
  if (report !== null && report !== undefined) await runHistory.keep(report);
}

type Work = (options: Parameters<Parameters<Shared['activity']['perform']>[2]>[0] & { watchdog_ms: number }) => Promise<void>;

function attempt({ activity, problems, notices, pictures, litescope, configuration }: Shared, kind: ActivityKind, { model }: WorkModel, work: Work): Promise<void> {
  return activity.perform(kind, model.id, async (options) => {
    problems.clear(kind, model.id);
    // Whoever is quicker than the sample photo means the photo all the same, which is the default that they saw.
    await pictures.loadSample();
    try {
      await work({ ...options, watchdog_ms: configuration.watchdogSeconds * 1000 });
    } catch (error) {
      if (LitescopeError.from(error).code === 'CANCELLED') notices.say('Cancelled.');
      else if (!wasClosed(litescope, model.id)) problems.add(kind, model.name, error, model.id);
    }
  });
}

/** Closing a model ends its session, which is no failure to tell of. */
function wasClosed(litescope: Litescope, id: string): boolean {
  return !litescope.models().some((model) => model.id === id);
}

export function closeModel({ activity, workbench }: Shared, id: string): void {
  activity.cancelFor(id);
  workbench.close(id);
}

/** Takes whatever files the person brought, each for what it is. */
export async function takeFiles(shared: Shared, files: readonly File[]): Promise<void> {
  const { workbench, opening } = shared;
  const sorted = sortFiles(files, workbench.selected !== null);
  if (sorted.models.length > 0) await opening.fromFiles(sorted.models);
  for (const file of sorted.pictures) takePicture(shared, file);
  const target = workbench.selected;
  if (target === null) return;
  for (const file of sorted.labels) await takeLabels(shared, target, file);
  for (const values of sorted.values) takeValues(shared, target, values);
}

/** Takes what was dropped on the page: files for what they are for, of folders the models. */
export async function takeDrop(shared: Shared, transfer: DataTransfer): Promise<void> {
  const { notices, problems } = shared;
  try {
    const placed = await droppedFiles(transfer);
    const wanted = placed.filter((each) => !isInFolder(each) || isModelFile(each.file));
    if (wanted.length > 0) await takeFiles(shared, wanted.map(({ file }) => file));
    else notices.say('There is no model in that folder. Pictures of a folder are samples in Compare and in Variants: drop them there.');
  } catch (error) {
    problems.add('open', 'The folder', error);
  }
}

function takePicture({ pictures, workbench, notices }: Shared, file: File): void {
  const picture = pictures.add(file);
  const target = workbench.selected;
  if (target === null) notices.say(`${file.name} will be the input of the next model that takes pictures.`);
  else if (target.inputs.takePicture(picture) === 0) notices.say(`${file.name} is not used: ${target.model.name} takes no picture.`);
  else notices.say(`${file.name} is the input picture now.`);
}

export async function takeLabels({ problems, notices }: Shared, { model, decoding }: WorkModel, file: File): Promise<void> {
  try {
    await decoding.readLabels(file);
    notices.say(`${file.name} gives the labels now.`);
  } catch (error) {
    problems.add('run', file.name, error, model.id);
  }
}

function takeValues({ valueQuestion, notices }: Shared, { inputs }: WorkModel, values: { readonly file: File; readonly format: 'npy' | 'raw' }): void {
  const [only, ...others] = inputs.list;
  if (only === undefined) return;
  if (others.length > 0) {
    valueQuestion.ask(values, inputs.list);
    return;
  }
  only.chooseFile(values);
  notices.say(`${values.file.name} is the input “${only.tensor.name}” now.`);
}
