/** What our engine adds to a run: `litescope.benchmark` and a bare loop, in turn, each in a fresh worker. */
import { isMeasured } from '../../../src/report/report';
import type { Litescope, Model } from '../../../src/api';
import { capabilities } from '../../../src/engine/capabilities';
import { chooseVariant } from '../../../src/engine/variants';
import { LitescopeError } from '../../../src/errors';
import type { Overhead, OverheadRequest } from '../types';
import type { BareRequest } from './bare.worker';

type Series = number[][];

async function ours(litescope: Litescope, model: Model, { runtime, runs, warmup_ms }: OverheadRequest): Promise<number[]> {
  const input = model.summary.signatures[0]?.inputs[0]?.name ?? '';
  const plan = { warmup_runs: 1, warmup_min_secs: warmup_ms / 1000, num_runs: runs, min_secs: 0, max_secs: 60 };
  const { results } = await litescope.benchmark([model.id], [{ runtime, accelerator: 'wasm', threads: 1 }], plan, { [input]: { kind: 'zeros' } }, { fallback: false });
  const [result] = results;
  if (result === undefined || !isMeasured(result)) throw new LitescopeError('INTERNAL', result?.error.details ?? 'No result');
  return [...result.samples_ms];
}

function bare(request: BareRequest): Promise<number[]> {
  const worker = new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<number[] | string>) => {
      if (typeof data === 'string') reject(new Error(data));
      else resolve(data);
    };
    worker.onerror = (event) => { reject(new Error(event.message)); };
    worker.postMessage(request);
  }).finally(() => { worker.terminate(); });
}

/** Rounds in turn, every second one in the opposite order; one round before that is not kept. */
export async function overhead(litescope: Litescope, model: Model, request: OverheadRequest): Promise<Overhead> {
  const variant = chooseVariant({ runtime: request.runtime, accelerator: 'wasm', threads: 1 }, await capabilities());
  const bareRequest: BareRequest = {
    runtime: request.runtime,
    folder: variant.folder,
    file: variant.moduleFile.replace(/\.mjs$/, ''),
    // Compiled once and shared, as the engine does: a fresh module would start with code that is not optimised yet.
    wasm: await WebAssembly.compileStreaming(fetch(variant.folder + variant.wasmFile)),
    model: await model.blob.arrayBuffer(),
    warmup_ms: request.warmup_ms,
    runs: request.runs,
  };
  const series: { ours: Series; bare: Series; control: Series } = { ours: [], bare: [], control: [] };
  const turns: readonly (readonly [keyof typeof series, () => Promise<number[]>])[] = [
    ['bare', () => bare(bareRequest)],
    ['ours', () => ours(litescope, model, request)],
    ['control', () => bare(bareRequest)],
  ];
  for (let round = -1; round < request.rounds; round++) {
    for (const [name, measure] of round % 2 === 0 ? turns : [...turns].reverse()) {
      const samples = await measure();
      if (round >= 0) series[name].push(samples);
    }
  }
  return { ...request, ...series };
}
