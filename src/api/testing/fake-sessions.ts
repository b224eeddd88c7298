import type { LoadReply, RunReply } from '../../engine/session/shared/protocol';
import { deferred, type Deferred } from '../../threads/testing/deferred';
import type { Attempt, RunningSession } from '../sessions';

export interface FakeRun {
  readonly session: number;
  readonly end: Deferred<RunReply>;
}

export const runReply: RunReply = {
  run: 1, step: 1, outputs: [], tensors: [], decoded: null, decodeError: null, placement: null, sounds: [], wasm_memory_bytes: 0, log: [],
  timings: { read_ms: 0, preprocess_ms: 0, invoke_ms: 0, decode_ms: 0 },
};

const loaded: LoadReply = {
  configuration: { runtime: 'litert', accelerator: 'wasm', threads: 1, variant: 'fake', version: '0', fullyAccelerated: null },
  inputs: [], outputs: [], init_ms: 0, runtime_start_ms: 0, memory: { before_bytes: 0, after_bytes: 0 }, timesOps: false, log: [],
};

/** Sessions without workers, numbered from 0, whose runs end when the test says so. */
export class FakeSessions {
  readonly runs: FakeRun[] = [];
  readonly closed: number[] = [];
  #opened = 0;

  get opened(): number {
    return this.#opened;
  }

  readonly attempt: Attempt = async (_model, _requested, use) => {
    const number = this.#opened++;
    const session: RunningSession = {
      loaded,
      get alive() { return !closed.includes(number); },
      run: () => {
        const end = deferred<RunReply>();
        this.runs.push({ session: number, end });
        return end.promise;
      },
      close: () => { closed.push(number); },
    };
    const { closed } = this;
    return { session, value: await use(session), refusals: [] };
  };

  /** Ends the latest run. */
  finish(): void {
    this.runs.at(-1)?.end.resolve(runReply);
  }
}
