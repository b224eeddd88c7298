/** Drives the page's automation API from a test, with files as inputs and plain numbers as outputs. */
import type { Page } from '@playwright/test';
import type { Litescope } from '../../src/api';
import type { ProducedConfiguration, RequestedConfiguration } from '../../src/engine/configuration/shared/configuration';
import type { Refusal } from '../../src/engine/configuration/shared/refusal';
import type { SerializedError } from '../../src/errors';
import type { Decoded } from '../../src/vision/shared/types';
import { serveFiles } from './files';

declare global {
  interface Window {
    readonly litescope: Litescope;
  }
}

export interface EngineRun {
  /** A gallery model's id, or a file's path. */
  readonly model: { readonly gallery: string } | { readonly file: string };
  readonly configuration?: Partial<RequestedConfiguration>;
  /** By input name; `*` stands for the only input. Values are given in the tensor's own type. */
  readonly inputs?: Readonly<Record<string, { readonly image: string } | { readonly values: readonly number[] } | { readonly random: number }>>;
  readonly signature?: string;
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly labels?: readonly string[];
  readonly fallback?: boolean;
  readonly decode?: 'gallery' | 'classification';
  readonly watchdog_ms?: number;
}

export interface EngineOutcome {
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
  /** Raw elements (int64 as numbers). */
  readonly outputs: readonly { readonly name: string; readonly dtype: string; readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly decoded: Decoded | null;
  readonly decodeError: SerializedError | null;
  readonly invoke_ms: number;
}

const views = {
  float32: Float32Array, float64: Float64Array, int8: Int8Array, uint8: Uint8Array, bool: Uint8Array, int16: Int16Array, uint16: Uint16Array,
  float16: Uint16Array, int32: Int32Array, uint32: Uint32Array,
};

export async function openPage(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query}`);
  await page.waitForFunction(() => 'litescope' in window);
}

/** Raw elements, 64-bit integers as numbers. */
function elementsOf(dtype: string, data: ArrayBuffer): number[] {
  if (dtype === 'int64' || dtype === 'uint64') return [...new BigInt64Array(data)].map(Number);
  return [...new views[dtype as keyof typeof views](data)];
}

/** Opens a model and runs it once; rejections come back as the error's plain form. */
export async function runModel(page: Page, run: EngineRun): Promise<EngineOutcome | { readonly error: SerializedError }> {
  const paths = [
    ...('file' in run.model ? [run.model.file] : []),
    ...Object.values(run.inputs ?? {}).flatMap((input) => ('image' in input ? [input.image] : [])),
  ];
  const { addresses, stop } = await serveFiles(page, paths);
  const served = Object.fromEntries(paths.map((path, index) => [path, addresses[index] ?? '']));
  try {
    const outcome = await page.evaluate(async ({ asked, files }) => {
      const views = {
        float32: Float32Array, float64: Float64Array, int8: Int8Array, uint8: Uint8Array, bool: Uint8Array, int16: Int16Array, uint16: Uint16Array,
        float16: Uint16Array, int32: Int32Array, uint32: Uint32Array,
      };
      const raw = (dtype: string, values: readonly number[]): Blob => {
        if (dtype === 'int64' || dtype === 'uint64') return new Blob([BigInt64Array.from(values.map(BigInt))]);
        return new Blob([views[dtype as keyof typeof views].from(values)]);
      };
      const { litescope } = window;
      try {
        const model = 'gallery' in asked.model ? await litescope.openFromGallery(asked.model.gallery) : await litescope.open(files[asked.model.file] ?? '');
        const signature = model.summary.signatures.find(({ key }) => key === asked.signature) ?? model.summary.signatures[0];
        const inputs = Object.fromEntries(await Promise.all(Object.entries(asked.inputs ?? {}).map(async ([given, input]) => {
          const tensor = signature?.inputs.find(({ name }) => name === given || given === '*');
          if (tensor === undefined) throw new Error(`The test names an input “${given}” that the model does not have.`);
          if ('image' in input) return [tensor.name, { kind: 'image', image: await (await fetch(files[input.image] ?? '')).blob() }] as const;
          if ('random' in input) return [tensor.name, { kind: 'random', seed: input.random, min: 0, max: 1 }] as const;
          return [tensor.name, { kind: 'file', format: 'raw', file: raw(tensor.dtype, input.values) }] as const;
        })));
        const decoder = asked.decode === 'classification' ? { kind: 'classification' as const, top: 5 } : asked.decode === 'gallery' ? 'auto' as const : undefined;
        const result = await litescope.run(model.id, asked.configuration, inputs, {
          signature: asked.signature, shapes: asked.shapes, labels: asked.labels, fallback: asked.fallback, watchdog_ms: asked.watchdog_ms, decoder,
        });
        return {
          configuration: result.configuration,
          refusals: result.refusals,
          outputs: result.outputs.map(({ name, dtype, shape, data }) => ({ name, dtype, shape, bytes: new Uint8Array(data) })),
          decoded: result.decoded?.kind === 'mask' ? { ...result.decoded, mask: new Uint8ClampedArray(0) } : result.decoded,
          decodeError: result.decodeError,
          invoke_ms: result.timings.invoke_ms,
        };
      } catch (error) {
        if (error instanceof Error && 'serialize' in error) return { error: (error as Error & { serialize(): SerializedError }).serialize() };
        throw error;
      }
    }, { asked: run, files: served });
    if (!('outputs' in outcome)) return outcome;
    // Bytes come out of a page in a small part of the time that as many numbers take.
    return { ...outcome, outputs: outcome.outputs.map(({ bytes, ...output }) => ({ ...output, values: elementsOf(output.dtype, bytes.slice().buffer) })) };
  } finally {
    stop();
  }
}

/** For runs that must succeed: says the whole error where one does not. */
export async function runModelOk(page: Page, run: EngineRun): Promise<EngineOutcome> {
  const outcome = await runModel(page, run);
  if ('error' in outcome) throw new Error(`The run failed: ${JSON.stringify(outcome.error, null, 1)}`);
  return outcome;
}

/** For runs that must fail. */
export async function runModelError(page: Page, run: EngineRun): Promise<SerializedError> {
  const outcome = await runModel(page, run);
  if (!('error' in outcome)) throw new Error(`The run succeeded on ${outcome.configuration.runtime} although it should fail.`);
  return outcome.error;
}

/** Greatest absolute difference of two outputs' elements. */
export function greatestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} elements against ${b.length}`);
  return a.reduce((greatest, value, index) => Math.max(greatest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}
