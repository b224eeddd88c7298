import { transfer } from 'comlink';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import type { OutputTensor } from '../../../vision/shared/types';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { SessionModel, SessionOptions } from '../../../engine/session/page/session';
import type { ComparisonSample } from './compare-outputs';
import { findBreak, type LayerBreak, type LayerError } from './layer-break';
import type { LayerPlan } from '../shared/layers';
import type { Progress } from '../../progress';
import type { LayerMethods } from '../worker/layers.worker';
import { sessions, type StudySession } from '../../session/page/sessions';
import { loadWorker } from '../../../threads/page/load-worker';

export interface LayersComparison extends Pick<LayerPlan, 'unmatched' | 'resized'> {
  /** In the first model's order of execution, with the error of the second one's values over all samples. */
  readonly layers: readonly LayerError[];
  /** The layer that loses most against what it is computed from; null where none loses much. */
  readonly break: LayerBreak | null;
  readonly samples: number;
}

/** What is compared is the first subgraph, and with it the signature that runs it. */
export type CompareLayersOptions = CallOptions<Progress> & Pick<SessionOptions, 'shapes'>;

/**
 * Runs two models on the same inputs where every tensor can be seen, on TensorFlow.js' kernels, and compares the tensors
 * that belong together, dequantised: where along the graph does error come in.
 *
 * @throws LitescopeError NOTHING_IN_COMMON when no tensor of one belongs to one of the other; what the kernels refuse; CANCELLED
 */
export async function compareLayers(a: SessionModel, b: SessionModel, samples: readonly ComparisonSample[], options: CompareLayersOptions = {}): Promise<LayersComparison> {
  const quiet = { signal: options.signal, watchdog_ms: options.watchdog_ms };
  const worker = new OwnedWorker<LayerMethods>(loadWorker((Worker) => new Worker(new URL('../worker/layers.worker.ts', import.meta.url), { type: 'module', name: 'litescope-layers' })));
  const open: StudySession[] = [];
  try {
    const { pairs, parts, unmatched, resized } = await worker.remote.plan({ a: a.blob, b: b.blob }, quiet);
    if (pairs.length === 0) throw new LitescopeError('NOTHING_IN_COMMON', text.noCounterpart(unmatched + resized));
    for (const model of [a, b]) open.push(await openSession(model, options));
    const steps = samples.length * parts.length * open.length;
    let step = 0;
    for (const sample of samples) {
      for (const [part, positions] of parts.entries()) {
        const seen: (readonly OutputTensor[])[] = [];
        for (const [model, session] of open.entries()) {
          options.onProgress?.({ kind: 'compare-layers', fraction: step++ / steps });
          seen.push(await look(session, sample.sourcesFor(model), positions.map((position) => pairs[position]?.[model === 0 ? 'a' : 'b'].tensor ?? -1), quiet));
        }
        const [one = [], other = []] = seen;
        // All tensors are moved to the worker, where they end.
        await worker.remote.add(transfer({ part, a: one, b: other }, [...one, ...other].map(({ data }) => data)), quiet);
      }
    }
    options.onProgress?.({ kind: 'compare-layers', fraction: 1 });
    const errors = await worker.remote.result(undefined, quiet);
    const layers = pairs.flatMap((pair, position) => {
      const own = errors[position];
      return own === undefined ? [] : [{ ...pair, ...own }];
    });
    return { layers, break: findBreak(layers), unmatched, resized, samples: samples.length };
  } finally {
    worker.terminate();
    for (const session of open) session.close();
  }
}

async function openSession(model: SessionModel, options: CompareLayersOptions): Promise<StudySession> {
  const signature = model.summary.signatures.find(({ subgraph }) => subgraph === 0);
  const { session } = await sessions.attempt(model, { runtime: 'tfjs-kernels', accelerator: 'wasm', threads: 1 }, () => Promise.resolve(), {
    ...options, signature: signature?.key, fallback: false,
  });
  return session;
}

/** In the order that was asked for; a run gives tensors in the order in which they come to be. */
async function look(session: StudySession, inputs: InputSources, tensors: readonly number[], options: CallOptions<Progress>): Promise<readonly OutputTensor[]> {
  const seen = new Map((await session.run({ inputs, tensors }, options)).tensors.map((tensor) => [tensor.index, tensor]));
  return tensors.flatMap((index) => seen.get(index) ?? []);
}
