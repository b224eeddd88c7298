/** Our engine on its runtimes and @litertjs/core side by side: all are loaded, then they take turns. */
import { capabilities } from '../../../src/engine/builds/page/capabilities';
import type { InputSource } from '../../../src/engine/session/shared/protocol';
import type { RuntimeName } from '../../../src/engine/configuration/shared/configuration';
import { chooseBuild } from '../../../src/engine/builds/page/builds';
import { LitescopeError } from '../../../src/errors';
import type { OpenModel } from '../../../src/api';
import { fillRandom } from '../../../src/tensor/fill';
import type { BurstPlan, Comparison, ComparisonRequest, Contestant, Outcome } from '../types';
import type { ReadmePage } from './readme';
import { sessions } from '../../../src/studies/session/page/sessions';

/** One value set for all: Float32Array of the model's only input. */
interface Input {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

interface Samples {
  readonly total: readonly number[];
  readonly reading: readonly number[];
}

interface Runner {
  readonly variant: string;
  burst(input: Input, plan: BurstPlan): Promise<Samples>;
  close(): void;
}

/** Threads of an idle pool spin for a while before they sleep, and would be in the next one's way. */
const pause_ms = 40;

/** A model slower than this, in milliseconds, is measured in half the rounds. */
const slow_ms = 60;

/** Op by op a model takes several times as long: as many runs as of the others would be most of the bench. */
const kernelsBurst: Partial<BurstPlan> = { runs: 2 };

/** In every third round there is a burst on zeros, too. */
const zerosEvery = 3;

/** Values such as a normalised picture has; the same for every run of the bench. */
function inputOf(model: OpenModel): { random: Input; zeros: Input } {
  const [input, ...others] = model.summary.signatures[0]?.inputs ?? [];
  if (input === undefined || others.length > 0 || input.dtype !== 'float32') {
    throw new LitescopeError('INVALID_INPUT', 'The bench feeds models with one float32 input.');
  }
  const shape = input.shape.map((dimension) => (dimension === -1 ? 1 : dimension));
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  const values = new Float32Array(elements);
  fillRandom(values, 'float32', undefined, { seed: 1, min: 0, max: 1 });
  return { random: { name: input.name, shape, values }, zeros: { name: input.name, shape, values: new Float32Array(elements) } };
}

async function openOurs(model: OpenModel, runtime: RuntimeName, threads: number, input: Input): Promise<Runner> {
  const source = ({ name, values }: Input): Record<string, InputSource> => ({ [name]: { kind: 'file', file: new Blob([values]), format: 'raw' } });
  const plan = ({ warmup_ms, runs, min_ms }: BurstPlan) => ({ warmup_runs: 1, warmup_min_secs: warmup_ms / 1000, num_runs: runs, min_secs: min_ms / 1000, max_secs: 60 });
  const trial: BurstPlan = { warmup_ms: 0, runs: 1, min_ms: 0 };
  // Some refusals show only when the model runs, so a run is part of opening.
  const { session } = await sessions.attempt(model, { runtime, accelerator: 'wasm', threads }, (opened) => opened.remote.benchmark({ inputs: source(input), plan: plan(trial) }), { fallback: false });
  return {
    variant: session.loaded.configuration.variant,
    burst: async (values, burst) => ({ total: (await session.remote.benchmark({ inputs: source(values), plan: plan(burst) })).samples_ms, reading: [] }),
    close: () => { session.close(); },
  };
}

async function openReadme(model: OpenModel, threads: number, input: Input): Promise<Runner> {
  const frame = document.createElement('iframe');
  frame.src = '/scripts/bench/page/readme.html';
  const loaded = new Promise((resolve) => { frame.addEventListener('load', resolve, { once: true }); });
  document.body.append(frame);
  await loaded;
  try {
    const { readme } = frame.contentWindow as Window & { readme?: ReadmePage };
    if (readme === undefined) throw new Error('The frame of @litertjs/core did not start.');
    await readme.load(`/models/${model.entry?.file ?? ''}`, threads);
    await readme.burst(input.values, input.shape, { warmup_ms: 0, runs: 1, min_ms: 0 });
    return {
      // The package chooses as we do: relaxed SIMD where the browser has it.
      variant: chooseBuild({ runtime: 'litert', accelerator: 'wasm', threads }, await capabilities()).name,
      burst: (values, plan) => readme.burst(values.values, values.shape, plan),
      close: () => { frame.remove(); },
    };
  } catch (error) {
    frame.remove();
    throw error;
  }
}

function refusal(error: unknown): Outcome {
  // The package throws plain errors, some of them with a C++ exception's address for a message.
  if (error instanceof LitescopeError) return { ok: false, code: error.code, details: error.details };
  return { ok: false, code: 'THREW', details: error instanceof Error ? error.message : String(error) };
}

const rest = () => new Promise((resolve) => { setTimeout(resolve, pause_ms); });

const middle = (samples: readonly number[]) => [...samples].sort((a, b) => a - b)[samples.length >> 1] ?? 0;

/** Rounds of short bursts in turn, every second round in the opposite order. */
export async function compare(model: OpenModel, request: ComparisonRequest): Promise<Comparison> {
  const { random, zeros } = inputOf(model);
  const { threads, burst } = request;
  const outcomes: Partial<Record<Contestant, Outcome>> = {};
  const running = new Map<Contestant, { readonly runner: Runner; readonly bursts: (readonly number[])[]; readonly reading: number[]; readonly zeros: number[] }>();
  const turn = async (name: Contestant, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      outcomes[name] = refusal(error);
      running.get(name)?.runner.close();
      running.delete(name);
    }
    await rest();
  };
  for (const name of request.contestants) {
    await turn(name, async () => {
      const runner = await (name === 'readme' ? openReadme(model, threads, random) : openOurs(model, name, threads, random));
      running.set(name, { runner, bursts: [], reading: [], zeros: [] });
    });
  }
  let slowest = 0;
  const burstOf = (name: Contestant): BurstPlan => (name === 'tfjs-kernels' ? { ...burst, ...kernelsBurst } : burst);
  for (const [name, state] of [...running]) {
    // Not kept: by then the browser has optimised the code that runs often.
    await turn(name, async () => {
      const typical = middle((await state.runner.burst(random, burstOf(name))).total);
      // The others' figures are what rounds are for.
      if (name !== 'tfjs-kernels') slowest = Math.max(slowest, typical);
    });
  }
  const rounds = slowest > slow_ms ? Math.ceil(request.rounds / 2) : request.rounds;
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [...running] : [...running].reverse();
    for (const [name, state] of order) {
      await turn(name, async () => {
        const { total, reading } = await state.runner.burst(random, burstOf(name));
        state.bursts.push(total);
        state.reading.push(...reading);
        // Right beside, so that whatever else the machine does slows both down.
        if (round % zerosEvery === 0) state.zeros.push(...(await state.runner.burst(zeros, burstOf(name))).total);
      });
    }
  }
  for (const [name, { runner, bursts, reading, zeros: onZeros }] of running) {
    outcomes[name] = { ok: true, bursts, reading, zeros: onZeros, variant: runner.variant };
    runner.close();
  }
  return { ...request, rounds, outcomes };
}
