import { transfer } from 'comlink';
import { LitescopeError, type SerializedError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import type { OutputTensor } from '../../../vision/shared/types';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { RuntimeName } from '../../../engine/configuration/shared/configuration';
import type { SessionModel, SessionOptions } from '../../../engine/session/page/session';
import { defaultTolerance, type Tolerance } from '../shared/differences';
import { firstFault, type Fault } from './fault';
import type { CrossCheckMethods } from '../worker/cross-check.worker';
import type { ExposedModel, RuntimeTensors, TensorDifferences, CheckedTensor, TensorPart, TensorPlan } from '../shared/protocol';
import type { Progress } from '../../progress';
import type { SignatureSummary } from '../../../tflite/analysis/summary';
import { sessions, type StudySession } from '../../session/page/sessions';
import { loadWorker } from '../../../threads/page/load-worker';

export interface CheckedRuntime {
  readonly runtime: RuntimeName;
  /** Why it has no part in the comparison. */
  readonly error: SerializedError | null;
}

export type ComparedTensor = CheckedTensor & TensorDifferences;

export interface CrossCheck extends Pick<TensorPlan, 'left' | 'elsewhere'> {
  readonly runtimes: readonly CheckedRuntime[];
  /** In order of execution. */
  readonly tensors: readonly ComparedTensor[];
  readonly tolerance: Tolerance;
  /** Where runtimes part first; null where they agree all the way. */
  readonly fault: Fault | null;
}

/** `signature` is no choice here: what is checked is the first subgraph. */
export interface CrossCheckOptions extends CallOptions<Progress>, Pick<SessionOptions, 'shapes'> {
  readonly tolerance?: Partial<Tolerance> | undefined;
}

/** They give tensors out only as outputs of a variant of the model. */
const others = ['tfjs-tflite', 'litert'] as const;

/**
 * Runs one input through all runtimes and compares every tensor on the way, and every op of the others on its own inputs
 * with the reference kernels, to find the first op that they do not agree on. For each part of the tensors the kernels run
 * three times: on their own values, and on those of each of the others.
 * @param copies what a runtime runs instead of the model, where copies are to be compared that differ in values alone
 * @throws LitescopeError CROSS_CHECK_IMPOSSIBLE when fewer than two runtimes run the model, or when no signature runs its
 *   first subgraph; CANCELLED
 */
export async function crossCheck(model: SessionModel, copies: Readonly<Partial<Record<RuntimeName, SessionModel>>>, inputs: InputSources, options: CrossCheckOptions = {}): Promise<CrossCheck> {
  const tolerance = { ...defaultTolerance, ...options.tolerance };
  const quiet = { signal: options.signal, watchdog_ms: options.watchdog_ms };
  const signature = model.summary.signatures.find(({ subgraph }) => subgraph === 0);
  if (signature === undefined) throw new LitescopeError('CROSS_CHECK_IMPOSSIBLE', text.noSignatureOfFirstSubgraph);
  const worker = new OwnedWorker<CrossCheckMethods>(loadWorker((Worker) => new Worker(new URL('../worker/cross-check.worker.ts', import.meta.url), { type: 'module', name: 'litescope-cross-check' })));
  const errors = new Map<RuntimeName, LitescopeError>();
  let kernels: StudySession | null = null;
  /** What a runtime gives; null from its first failure on, for a gap in the middle would tell nothing. */
  const opinionOf = async <T>(runtime: RuntimeName, work: () => Promise<T>): Promise<T | null> => {
    if (errors.has(runtime)) return null;
    try {
      return await work();
    } catch (error) {
      const typed = LitescopeError.from(error);
      if (typed.code === 'CANCELLED') throw typed;
      errors.set(runtime, typed);
      return null;
    }
  };
  try {
    const { parts, left, elsewhere } = await worker.remote.plan(model.blob, quiet);
    let steps = 0;
    const step = (runtime: RuntimeName) => {
      options.onProgress?.({ kind: 'cross-check', runtime, fraction: steps / (parts.length * (others.length + 1)) });
      steps++;
    };
    const observe = async (part: TensorPart, given: readonly OutputTensor[] = []): Promise<readonly OutputTensor[]> => {
      kernels ??= (await sessions.attempt(
        copies['tfjs-kernels'] ?? model, { runtime: 'tfjs-kernels', accelerator: 'wasm', threads: 1 }, (session) => session.run({ inputs }, quiet),
        { ...quiet, signature: signature.key, shapes: options.shapes, fallback: false },
      )).session;
      const tensors = part.tensors.map(({ tensor }) => tensor);
      const places = [...tensors, ...part.read];
      return (await kernels.run({ inputs, tensors, given: given.map(({ dtype, shape, data }, position) => ({ index: places[position] ?? -1, dtype, shape, data })) }, quiet)).tensors;
    };
    const compared: ComparedTensor[] = [];
    for (const part of parts) {
      step('tfjs-kernels');
      const own = await opinionOf('tfjs-kernels', () => observe(part));
      const opinions: RuntimeTensors[] = own === null ? [] : [{ runtime: 'tfjs-kernels', tensors: own, expected: null }];
      for (const runtime of others) {
        step(runtime);
        const tensors = await opinionOf(runtime, async () => {
          const asked = [...part.tensors.map(({ tensor }) => tensor), ...part.read];
          const exposed = await worker.remote.expose({ model: (copies[runtime] ?? model).blob, tensors: asked }, quiet);
          // Behind what was asked for come the model's own outputs.
          return (await runExposed(runtime, signature, exposed, inputs, { ...quiet, shapes: options.shapes })).slice(0, asked.length);
        });
        if (tensors === null) continue;
        opinions.push({ runtime, tensors: tensors.slice(0, part.tensors.length), expected: await opinionOf('tfjs-kernels', () => observe(part, tensors)) });
      }
      if (opinions.length < 2) throw new LitescopeError('CROSS_CHECK_IMPOSSIBLE', text.runtimesFailed([...errors].map(([runtime, { title }]) => ({ runtime, reason: title }))));
      const buffers = opinions.flatMap(({ tensors, expected }) => [...tensors, ...expected ?? []].map(({ data }) => data));
      const differences = await worker.remote.compare(transfer({ runtimes: opinions, tolerance }, buffers), quiet);
      compared.push(...part.tensors.map((tensor, position) => ({ ...tensor, ...(differences[position] ?? { pairs: [], local: [] }) })));
    }
    options.onProgress?.({ kind: 'cross-check', runtime: 'litert', fraction: 1 });
    const runtimes = (['tfjs-kernels', ...others] as const).map((runtime) => ({ runtime, error: errors.get(runtime)?.serialize() ?? null }));
    return { runtimes, tensors: compared, left, elsewhere, tolerance, fault: firstFault(compared) };
  } finally {
    worker.terminate();
    (kernels as StudySession | null)?.close();
  }
}

/** One run on one thread. The session ends with it: a model that keeps all its tensors is large. */
async function runExposed(runtime: RuntimeName, signature: SignatureSummary, exposed: ExposedModel, inputs: InputSources, { shapes = {}, ...options }: CallOptions<Progress> & Pick<SessionOptions, 'shapes'>): Promise<readonly OutputTensor[]> {
  // The variant has no signatures: its inputs go by their tensors' names.
  const names = new Map(signature.inputs.map(({ name, tensorIndex }) => [tensorIndex, name]));
  const renamed = <T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> => Object.fromEntries((exposed.summary.signatures[0]?.inputs ?? []).flatMap(({ name, tensorIndex }) => {
    const value = values[names.get(tensorIndex) ?? name];
    return value === undefined ? [] : [[name, value]];
  }));
  const own = renamed(inputs);
  const { session, value } = await sessions.attempt(exposed, { runtime, accelerator: 'wasm', threads: 1 }, (opened) => opened.run({ inputs: own }, options), { ...options, shapes: renamed(shapes), fallback: false });
  session.close();
  return value.outputs;
}
