/** What the command line asks of `window.litescope`. Each function but the first runs in the page and closes over nothing. */
import type { Page } from 'playwright-core';
import type { Input, OpenModel } from '../src/api';
import type { OutputsComparison } from '../src/studies/accuracy/shared/outputs-comparison';
import type { GivenSample } from '../src/api/samples';
import type { Progress } from '../src/studies/progress';
import type { RequestedConfiguration } from '../src/engine/configuration/shared/configuration';
import { LitescopeError } from '../src/errors';
import type { BenchmarkPlan } from '../src/report/benchmark';
import type { Report } from '../src/report/report';
import type { ReadText } from '../src/engine/session/shared/protocol';
import type { Quantization } from '../src/tensor/quantization';
import type { TensorStatistics } from '../src/tensor/statistics';
import { commandLine as text } from '../src/messages/command-line';
import type { ToldReplay } from '../src/wording/golden-text';
import { ModelError, toldError } from './errors';
import type { FileKind, NamedInput, NamedModel } from './files';
import type { Answer, Failure } from './page-side';
import type { Stage } from './stage';

declare global {
  interface Window {
    litescopeProgress(progress: Progress): Promise<void>;
  }
}

export type RemoteModel = Omit<OpenModel, 'blob'>;

/** @throws ModelError the page's own error, with what to do next */
async function ask<Parameter, T>(page: Page, work: (parameter: Parameter) => Promise<Answer<T>>, parameter: Parameter): Promise<T> {
  const answer = await answerOf(page, work, parameter);
  if ('value' in answer) return answer.value;
  throw new ModelError(toldError('error' in answer ? answer.error : asError(answer).serialize()));
}

async function answerOf<Parameter, T>(page: Page, work: (parameter: Parameter) => Promise<Answer<T>>, parameter: Parameter): Promise<Answer<T>> {
  try {
    return await page.evaluate(work as (parameter: unknown) => Promise<Answer<T>>, parameter);
  } catch (error) {
    return { failure: { code: 'SESSION_CRASHED', details: text.pageDoesNotAnswer(error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error)) } };
  }
}

function asError(answer: Failure): LitescopeError {
  if ('failure' in answer) return new LitescopeError(answer.failure.code, answer.failure.details);
  const { file, reason } = answer.unreadable;
  return new LitescopeError('FILE_UNREADABLE', text.unreadable(file, reason));
}

export function openModel(stage: Stage, named: NamedModel): Promise<RemoteModel> {
  const source = named.kind === 'file' ? { kind: 'address' as const, url: stage.share(named.path) } : named;
  return ask(stage.page, (asked) => window.litescopeCommandLine.answer(async () => {
    const model = asked.kind === 'gallery' ? await window.litescope.openFromGallery(asked.id) : await window.litescope.open(asked.url);
    const { blob: _blob, ...rest } = model;
    return rest;
  }), source);
}

/** What is no file goes as it is. */
export type SharedInput = { readonly tensor: string | null } & (
  | { readonly kind: FileKind; readonly url: string }
  | Extract<Input, { readonly kind: 'values' }>
  | { readonly kind: 'text'; readonly text: string }
);

export function shareInputs(stage: Stage, inputs: readonly NamedInput[]): SharedInput[] {
  return inputs.map((input) => ('path' in input ? { tensor: input.tensor, kind: input.kind, url: stage.share(input.path) } : input));
}

export interface BenchmarkOrder {
  readonly ids: readonly string[];
  readonly configurations: readonly Partial<RequestedConfiguration>[];
  readonly plan: Partial<BenchmarkPlan>;
  readonly inputs: readonly SharedInput[];
  /** Times every op of every row too, in a session of its own. */
  readonly profiled: boolean;
}

export function benchmark(stage: Stage, order: BenchmarkOrder): Promise<Report> {
  return ask(stage.page, ({ ids, configurations, plan, inputs, profiled }) => window.litescopeCommandLine.answer(async () => {
    const named: Record<string, Input> = {};
    const tensors = window.litescope.models().filter(({ id }) => ids.includes(id)).flatMap(({ summary }) => summary.signatures[0]?.inputs ?? []);
    for (const { tensor, ...given } of inputs) {
      const input = await window.litescopeCommandLine.input(given);
      for (const name of tensor === null ? tensors.map(({ name: own }) => own) : [tensor]) named[name] ??= input;
    }
    const fallback = configurations.every(({ runtime }) => runtime === 'auto');
    const onProgress = (progress: Progress) => { void window.litescopeProgress(progress); };
    const report = await window.litescope.benchmark(ids, configurations, plan, named, { fallback, onProgress });
    if (!profiled) return report;
    const results: Report['results'][number][] = [];
    for (const [row, result] of report.results.entries()) {
      const id = ids[Math.floor(row / configurations.length)] ?? '';
      if (!('configuration' in result)) {
        results.push(result);
        continue;
      }
      // What ran, not what was asked for: the ops belong to this row's figures.
      const { runtime, accelerator, threads } = result.configuration as RequestedConfiguration;
      const own = window.litescope.models().find((model) => model.id === id)?.summary.signatures.flatMap((signature) => signature.inputs.map(({ name }) => name)) ?? [];
      const fitting = Object.fromEntries(Object.entries(named).filter(([name]) => own.includes(name)));
      const { op_profile } = await window.litescope.profile(id, { runtime, accelerator, threads }, fitting, { plan, fallback: false, onProgress });
      results.push({ ...result, op_profile });
    }
    return { ...report, results };
  }), order);
}

interface ReplayOrder {
  readonly url: string;
  /** Null for what the run was saved with. */
  readonly configuration: Partial<RequestedConfiguration> | null;
}

export interface Replayed extends ToldReplay {
  /** What the model was called. */
  readonly model: string;
}

export function replay(stage: Stage, order: ReplayOrder): Promise<Replayed> {
  return ask(stage.page, ({ url, configuration }) => window.litescopeCommandLine.answer(async () => {
    const file = await window.litescopeCommandLine.read(url);
    const { saved, model, result, sameConfiguration, equal, outputs } = await window.litescope.replay(file, configuration ?? undefined, { fallback: configuration === null || configuration.runtime === 'auto', onProgress: (progress) => { void window.litescopeProgress(progress); } });
    return { model: model.name, saved, configuration: result.configuration, sameConfiguration, equal, outputs };
  }), order);
}

export interface RunOrder {
  readonly id: string;
  readonly configuration: Partial<RequestedConfiguration>;
  readonly inputs: readonly SharedInput[];
  /** Whether the run is to come back as a file that can be replayed. */
  readonly saved?: boolean;
}

export interface RanOutput {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly quantization?: Quantization | undefined;
  readonly statistics: TensorStatistics;
  /** Elements in the tensor's own type, little-endian, base64. */
  readonly base64: string;
}

export interface Ran {
  readonly configuration: { readonly runtime: string; readonly accelerator: string; readonly threads: number; readonly variant: string; readonly version: string };
  readonly invoke_ms: number;
  readonly outputs: readonly RanOutput[];
  /** The saved run, base64; null where none was asked for. */
  readonly saved: string | null;
  readonly texts: readonly ReadText[];
  /** Classes, best first, where the outputs are some. */
  readonly classes: readonly { readonly index: number; readonly label: string; readonly score: number }[];
}

export function run(stage: Stage, order: RunOrder): Promise<Ran> {
  return ask(stage.page, ({ id, configuration, inputs, saved }) => window.litescopeCommandLine.answer(async () => {
    const base64 = (bytes: Uint8Array): string => {
      let characters = '';
      for (let at = 0; at < bytes.length; at += 8192) characters += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(characters);
    };
    const named: Record<string, Input> = {};
    const tensors = window.litescope.models().find((model) => model.id === id)?.summary.signatures[0]?.inputs ?? [];
    for (const { tensor, ...given } of inputs) {
      const name = tensor ?? tensors.find(({ name: own }) => !(own in named))?.name ?? '';
      named[name] = await window.litescopeCommandLine.input(given);
    }
    const result = await window.litescope.run(id, configuration, named, { fallback: configuration.runtime === 'auto', decoder: 'auto', keepInputs: saved, onProgress: (progress) => { void window.litescopeProgress(progress); } });
    const outputs = (result.sequence?.outputs ?? result.outputs).map(({ name, dtype, shape, data, quantization, statistics }) => ({ name, dtype, shape, quantization, statistics, base64: base64(new Uint8Array(data)) }));
    const file = saved === true ? await window.litescope.saveRun(id, result, named) : null;
    const classes = result.decoded?.kind === 'classes' ? result.decoded.classes : [];
    return { configuration: result.configuration, invoke_ms: result.timings.invoke_ms, outputs, saved: file === null ? null : base64(new Uint8Array(await file.arrayBuffer())), texts: result.texts ?? [], classes };
  }), order);
}

export interface ComparisonOrder {
  /** The first is the reference. */
  readonly ids: readonly string[];
  readonly configuration: Partial<RequestedConfiguration>;
  /** Addresses of pictures, which go into the first input; null for random values, each sample with a seed of its own. */
  readonly pictures: readonly { readonly name: string; readonly url: string }[] | null;
  readonly randomSamples: number;
}

export function compareOutputs(stage: Stage, order: ComparisonOrder): Promise<OutputsComparison> {
  return ask(stage.page, ({ ids, configuration, pictures, randomSamples }) => window.litescopeCommandLine.answer(async () => {
    const tensors = window.litescope.models().find(({ id }) => id === ids[0])?.summary.signatures[0]?.inputs.map(({ name }) => name) ?? [];
    const samples: GivenSample[] = [];
    for (const { name, url } of pictures ?? []) samples.push({ name, inputs: { [tensors[0] ?? '']: { kind: 'image', image: await window.litescopeCommandLine.read(url) } } });
    for (let seed = 1; pictures === null && seed <= randomSamples; seed += 1) {
      // Named here, and so the same in every language.
      samples.push({ name: `input ${seed}`, inputs: Object.fromEntries(tensors.map((name): [string, Input] => [name, { kind: 'random', seed, min: 0, max: 1 }])) });
    }
    return await window.litescope.compare(ids, configuration, samples, { fallback: configuration.runtime === 'auto', onProgress: (progress) => { void window.litescopeProgress(progress); } });
  }), order);
}
