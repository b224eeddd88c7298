/**
 * @litertjs/core used as its README shows, on a page of its own: the package keeps one instance per global object, so
 * that every model and every number of threads gets a fresh frame with this page.
 */
import { loadAndCompile, loadLiteRt, Tensor, type CompiledModel } from '@litertjs/core';
import type { BurstPlan } from '../types';

export interface ReadmeSamples {
  /** Around `run` and reading the result. */
  readonly total: number[];
  /** Reading alone. */
  readonly reading: number[];
}

export interface ReadmePage {
  load(file: string, threads: number): Promise<void>;
  /** @param values of the one input; in the package's own realm they become its tensor */
  burst(values: readonly number[] | Float32Array, shape: readonly number[], plan: BurstPlan): Promise<ReadmeSamples>;
}

let model: CompiledModel | null = null;

/** The README's steps 3 to 7, with what it names wrongly put right: each result is deleted, the array has no `delete`. */
async function step(compiled: CompiledModel, values: Float32Array, shape: number[]): Promise<{ total: number; reading: number }> {
  const input = new Tensor(values, shape);
  const started = performance.now();
  const results = await compiled.run(input);
  const ran = performance.now();
  input.delete();
  const readFrom = performance.now();
  const [first, ...others] = results;
  if (first === undefined) throw new Error('The model gave no result.');
  const result = await first.moveTo('wasm');
  const elements = result.toTypedArray();
  const ended = performance.now();
  if (elements.length === 0) throw new Error('The result is empty.');
  result.delete();
  for (const other of others) other.delete();
  return { total: ran - started + (ended - readFrom), reading: ended - readFrom };
}

const readme: ReadmePage = {
  async load(file, threads) {
    const folder = `/runtimes/litert-${__RUNTIME_VERSIONS__.litert}/`;
    // A second model goes into the same instance; the one before stays, as nobody who shows models in turn deletes them first.
    if (model !== null) {
      model = await loadAndCompile(file, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
    } else if (threads === 1) {
      await loadLiteRt(folder);
      model = await loadAndCompile(file, { accelerator: 'wasm' });
    } else {
      await loadLiteRt(folder, { threads: true });
      // Left to itself the package takes all cores.
      model = await loadAndCompile(file, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
    }
  },

  async burst(values, shape, plan) {
    if (model === null) throw new Error('No model is loaded.');
    const own = Float32Array.from(values);
    const total: number[] = [];
    const reading: number[] = [];
    const warmedUp = performance.now() + plan.warmup_ms;
    do await step(model, own, [...shape]); while (performance.now() < warmedUp);
    const begun = performance.now();
    while (total.length < plan.runs || performance.now() - begun < plan.min_ms) {
      const sample = await step(model, own, [...shape]);
      total.push(sample.total);
      reading.push(sample.reading);
    }
    return { total, reading };
  },
};

Object.assign(window, { readme });
