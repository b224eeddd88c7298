import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runtimeVersions } from '../../../../scripts/vite/runtime-assets';
import { LitescopeError } from '../../../errors';
import { Sessions, type AttemptOptions } from './sessions';
import type { LoadReply, LoadRequest } from '../shared/protocol';
import type { RequestedConfiguration, RuntimeName } from '../../configuration/shared/configuration';
import type { Session } from './session';
import { ChannelWorker } from '../../../threads/testing/channel-worker';
import { everything } from '../../testing/devices';
import { rejectionOf } from '../../../threads/testing/errors';
import { summaryOf } from '../../testing/summary';
import type * as builds from '../../builds/page/builds';
import type { ModelSummary } from '../../../tflite/analysis/summary';

vi.mock('../../builds/page/capabilities', () => ({ capabilities: () => Promise.resolve(everything) }));
vi.mock('../../builds/page/builds', async (original) => ({
  ...await original<typeof builds>(),
  startCompiler: () => undefined,
  compiledModule: () => Promise.resolve(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))),
}));

const auto: RequestedConfiguration = { runtime: 'auto', accelerator: 'auto', threads: 1 };
const model = { blob: new Blob(['model']), summary: summaryOf() };

/** What each runtime says to the model; one that is not named loads it. */
type Refusals = Partial<Record<RuntimeName, LitescopeError>>;

const workers: ChannelWorker[] = [];
let sessions: Sessions;

function workersThat(refusals: Refusals): void {
  const load = ({ configuration, build }: LoadRequest): LoadReply => {
    const refusal = refusals[configuration.runtime];
    if (refusal !== undefined) throw refusal;
    return {
      configuration: { ...configuration, variant: build.name, version: build.version, fullyAccelerated: null },
      inputs: [], outputs: [], init_ms: 1, runtime_start_ms: 1, memory: { before_bytes: 0, after_bytes: 0 }, timesOps: false, log: [],
    };
  };
  sessions = new Sessions(() => {
    const worker = new ChannelWorker({ load });
    workers.push(worker);
    return worker;
  });
}

const attempt = (requested: Partial<RequestedConfiguration> = {}, use: (session: Session) => Promise<string> = () => Promise.resolve('used'), options?: AttemptOptions) =>
  sessions.attempt(model, { ...auto, ...requested }, use, options);
const terminations = () => workers.map((worker) => worker.terminations);

beforeEach(() => {
  workers.length = 0;
  vi.stubGlobal('document', { baseURI: 'https://example.org/' });
  vi.stubGlobal('__RUNTIME_VERSIONS__', runtimeVersions);
});
afterEach(() => {
  for (const worker of workers) worker.terminate();
  vi.unstubAllGlobals();
});

describe('Sessions.ahead', () => {
  it('starts the worker that the next session of the same runtime takes, once', async () => {
    workersThat({});
    await sessions.ahead({ ...auto, runtime: 'litert' });
    await sessions.ahead({ ...auto, runtime: 'litert' });
    expect(workers.length).toBe(1);
    const first = await attempt({ runtime: 'litert' });
    expect([first.session.loaded.configuration.runtime, workers.length, first.session.alive]).toEqual(['litert', 1, true]);
    await attempt({ runtime: 'litert' });
    expect(workers.length).toBe(2);
  });

  it('is of no use to another runtime, and the latest call counts', async () => {
    workersThat({});
    await sessions.ahead({ ...auto, runtime: 'litert' });
    const { session } = await attempt({ runtime: 'tfjs-tflite' });
    expect([session.loaded.configuration.runtime, workers.length]).toEqual(['tfjs-tflite', 2]);
    await sessions.ahead({ ...auto, runtime: 'tfjs-kernels' });
    expect([workers.length, ...terminations()]).toEqual([3, 1, 0, 0]);
  });

  it('passes over what this device does not have', async () => {
    workersThat({});
    await sessions.ahead({ runtime: 'tfjs-kernels', accelerator: 'webgpu', threads: 1 });
    const { session } = await attempt({ runtime: 'litert', accelerator: 'webgpu' });
    expect([session.loaded.configuration.accelerator, workers.length]).toEqual(['webgpu', 1]);
  });
});

it('a worker that hangs before it has a model is ended within the limit that was asked for', async () => {
  sessions = new Sessions(() => {
    const worker = new ChannelWorker({ prepare: () => new Promise(() => undefined), load: () => new Promise(() => undefined) });
    workers.push(worker);
    return worker;
  });
  const error = await rejectionOf(attempt({}, undefined, { watchdog_ms: 30, fallback: false }));
  expect([error.code, error.details, ...terminations()]).toEqual(['SESSION_HUNG', 'No sign of life for 0.03 s.', 1]);
});

describe('Sessions.attempt', () => {
  it('takes the first that runs', async () => {
    workersThat({});
    const { session, value, refusals } = await attempt();
    expect([value, refusals, session.alive]).toEqual(['used', [], true]);
    expect(session.loaded.configuration).toEqual({
      runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1, variant: 'simd', version: runtimeVersions['tfjs-tflite'], fullyAccelerated: null,
    });
    expect(terminations()).toEqual([0]);
  });

  it('gives a session in which nothing has run where a state is to begin with it', async () => {
    workersThat({});
    const used: unknown[] = [];
    const { session, value } = await attempt({}, (tried) => { used.push(tried); return Promise.resolve('ran'); }, { afresh: true });
    expect([value, used.includes(session), session.alive, terminations()]).toEqual(['ran', false, true, [1, 0]]);
  });

  it('falls back where a runtime refuses the model, says why, and ends the refused session', async () => {
    const refused = new LitescopeError('UNSUPPORTED_OP', 'tfjs-tflite lacks custom op X.', { place: 'subgraph 0, op 3, X' });
    workersThat({ 'tfjs-tflite': refused });
    const { session, refusals } = await attempt();
    expect(session.loaded.configuration.runtime).toBe('litert');
    expect(refusals).toEqual([{ configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, error: refused.serialize() }]);
    expect(terminations()).toEqual([1, 0]);
  });

  it('falls back where a model loads and then does not run', async () => {
    workersThat({});
    const { value, refusals } = await attempt({}, (session) => (session.loaded.configuration.runtime === 'tfjs-tflite'
      ? Promise.reject(new LitescopeError('OUTPUT_NOT_WRITTEN'))
      : Promise.resolve('ran')));
    expect([value, refusals.map(({ error }) => error.code), terminations()]).toEqual(['ran', ['OUTPUT_NOT_WRITTEN'], [1, 0]]);
  });

  it('gives no runtime a model by which it could be led out of its bounds', async () => {
    workersThat({});
    const note = { code: 'MISSING_TENSOR', place: 'subgraph 0, op 7, ADD, input 1', details: 'it refers to tensor 99 of 8', consequence: 'the model cannot run', runs: false } as const;
    const noted = (runs: boolean) => sessions.attempt({ ...model, summary: summaryOf({ notes: [{ ...note, runs }] }) }, auto, () => Promise.resolve('used'));
    expect(await rejectionOf(noted(false))).toMatchObject({ code: 'MODEL_UNSOUND', place: note.place, details: 'it refers to tensor 99 of 8 (MISSING_TENSOR)' });
    expect(workers).toEqual([]);
    expect((await noted(true)).value).toBe('used');
  });

  it('says what is not there before it starts a worker for it', async () => {
    workersThat({});
    const { refusals } = await attempt({ runtime: 'tfjs-tflite', accelerator: 'webgpu' });
    expect(refusals.map(({ error }) => error.details)).toEqual(['tfjs-tflite runs on WebAssembly only.']);
    expect(terminations()).toEqual([0]);
  });

  it('gives the attempts’ common error where all fail alike', async () => {
    workersThat({
      'tfjs-tflite': new LitescopeError('UNSUPPORTED_OP', 'tfjs-tflite lacks X.', { place: 'subgraph 0, op 1, X' }),
      litert: new LitescopeError('UNSUPPORTED_OP', 'litert lacks X.', { place: 'subgraph 0, op 1, X' }),
      'tfjs-kernels': new LitescopeError('UNSUPPORTED_OP', 'tfjs-kernels lacks X.', { place: 'subgraph 0, op 1, X' }),
    });
    const error = await rejectionOf(attempt());
    expect([error.code, error.details, error.place, error.attempts]).toEqual(['UNSUPPORTED_OP', 'Every runtime here lacks X.', 'subgraph 0, op 1, X', undefined]);
    expect(terminations()).toEqual([1, 1, 1]);
  });

  it('gives every attempt’s error where they differ', async () => {
    workersThat({ 'tfjs-tflite': new LitescopeError('MODEL_REFUSED', 'a'), litert: new LitescopeError('OUT_OF_MEMORY', 'b'), 'tfjs-kernels': new LitescopeError('MODEL_REFUSED', 'c') });
    const error = await rejectionOf(attempt());
    expect([error.code, error.details]).toEqual(['NO_RUNTIME', 'tfjs-tflite: The runtime refuses this model · litert: There is not enough memory · tfjs-kernels: The runtime refuses this model']);
    expect(error.attempts?.map(({ code }) => code)).toEqual(['MODEL_REFUSED', 'OUT_OF_MEMORY', 'MODEL_REFUSED']);
  });

  it('tries only the first choice where falling back is switched off', async () => {
    workersThat({ 'tfjs-tflite': new LitescopeError('MODEL_REFUSED', 'no') });
    const error = await rejectionOf(attempt({}, undefined, { fallback: false }));
    expect([error.code, error.details, error.attempts, terminations()]).toEqual(['MODEL_REFUSED', 'no', undefined, [1]]);
  });

  it.each(['CANCELLED', 'SESSION_HUNG', 'INVALID_INPUT', 'INVALID_SHAPE', 'INTERNAL'] as const)('does not try another runtime by itself after %s', async (code) => {
    workersThat({});
    const error = await rejectionOf(attempt({}, () => Promise.reject(new LitescopeError(code, 'mine'))));
    expect([error.code, error.details, terminations()]).toEqual([code, 'mine', [1]]);
  });

  describe('a model that litert was measured to compute wrongly', () => {
    const tensor = { name: 'state', tensorName: 'state', tensorIndex: 0, dtype: 'float32', shape: [1] } as const;
    const int8 = { dtype: 'int8', tensors: 1, elements: 9, bytes: 9 } as const;
    /** What was tried in workers, what runs, and what was refused. */
    const outcome = async (requested: Partial<RequestedConfiguration>, { weights = [], ...options }: AttemptOptions & { readonly weights?: ModelSummary['weights'] } = {}) => {
      workersThat({});
      const feedback = { ...model, summary: summaryOf({ weights, signatures: [{ key: '', subgraph: 0, inputs: [tensor], outputs: [tensor] }] }) };
      const { session, refusals } = await sessions.attempt(feedback, { ...auto, ...requested }, () => Promise.resolve('used'), options);
      return [workers.length, session.loaded.configuration.runtime, refusals.map(({ configuration: { runtime }, error: { code } }) => `${runtime} ${code}`)];
    };

    it('is given to another one by itself, and the refusal is told, whichever would have come first', async () => {
      expect(await outcome({})).toEqual([1, 'tfjs-tflite', ['litert RUNTIME_UNFIT']]);
      workers.length = 0;
      expect(await outcome({}, { weights: [int8] })).toEqual([1, 'tfjs-tflite', ['litert RUNTIME_UNFIT']]);
    });

    it('needs no falling back where nobody asked for litert', async () => {
      expect(await outcome({}, { weights: [int8], fallback: false })).toEqual([1, 'tfjs-tflite', ['litert RUNTIME_UNFIT']]);
    });

    it('falls back from litert where it was asked for, before a worker is started', async () => {
      expect(await outcome({ runtime: 'litert' })).toEqual([1, 'tfjs-tflite', ['litert RUNTIME_UNFIT']]);
    });

    it('is refused where litert alone was asked for', async () => {
      expect(await rejectionOf(outcome({ runtime: 'litert' }, { fallback: false }))).toMatchObject({ code: 'RUNTIME_UNFIT', details: 'litert never writes outputs that are inputs as well: “state”.' });
      expect(workers).toEqual([]);
    });
  });

  it('passes on what is no typed error as one', async () => {
    workersThat({});
    const error = await rejectionOf(attempt({}, () => Promise.reject(new TypeError('a bug'))));
    expect([error.code, error.details, terminations()]).toEqual(['INTERNAL', 'a bug', [1]]);
  });

  it('can be cancelled before anything has started', async () => {
    workersThat({});
    expect((await rejectionOf(attempt({}, undefined, { signal: AbortSignal.abort() }))).code).toBe('CANCELLED');
    expect(workers.every((worker) => worker.terminations === 1)).toBe(true);
  });
});
