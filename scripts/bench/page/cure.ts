/** LiteRT's loads in a heap that was used before: with and without the cure for what it leaves in packed weights. */
import type { Litescope, OpenModel } from '../../../src/api';
import type { DirtyHeap } from '../../../src/engine/runtimes/shared/types';
import type { InputSource } from '../../../src/engine/session/shared/protocol';
import type { Cure, CureLoad, CureRequest, ReadmeInARow } from '../types';
import type { ReadmePage } from './readme';
import { sessions, type StudySession } from '../../../src/studies/session/page/sessions';

const configuration = { runtime: 'litert', accelerator: 'wasm', threads: 1 } as const;

/** Values such as a normalised picture has, the same for each load. */
const values = { seed: 1, min: 0, max: 1 } as const;

interface OpenLoad {
  readonly session: StudySession;
  readonly cured: boolean;
  readonly outputs: string;
}

/**
 * Loads the model so many times, each in a worker and heap of its own, and then lets all loads take turns. What slows a
 * load because of its heap slows each of its runs; what else the machine does in the meantime slows some runs of each.
 * So a load's fastest run tells its speed once it has met one of the machine's fast moments: after some rounds of all
 * loads those that still are slower than the fastest take more turns, until they are like it, or until there were so many
 * that a load can only be slower by itself.
 */
export async function cure(litescope: Litescope, { source, loads, uncuredEvery, filled_bytes, runsPerRound, rounds, alike }: CureRequest): Promise<Cure> {
  const model = 'gallery' in source ? await litescope.openFromGallery(source.gallery) : await litescope.open(source.address);
  const open: OpenLoad[] = [];
  try {
    for (let load = 0; load < loads; load++) {
      if (load % uncuredEvery === 0) open.push(await loadOnce(model, { filled_bytes, leavePadding: true }));
      open.push(await loadOnce(model, { filled_bytes, leavePadding: false }));
    }
    const samples_ms: number[][] = open.map(() => []);
    for (let round = 0; round < rounds.most; round++) {
      const fastest = Math.min(...samples_ms.flat());
      const inDoubt = open.flatMap(({ session }, index) => {
        const samples = samples_ms[index] ?? [];
        return round < rounds.least || Math.min(...samples) > alike * fastest ? [{ session, samples }] : [];
      });
      if (inDoubt.length === 0) break;
      for (const { session, samples } of inDoubt) samples.push(...await timedRuns(session, model, runsPerRound));
    }
    const measured = open.map(({ session: { loaded: { configuration: { padding }, init_ms } }, cured, outputs }, index) => ({ cured, load: { samples_ms: samples_ms[index] ?? [], init_ms, padding, outputs } }));
    const of = (cured: boolean): CureLoad[] => measured.flatMap((each) => (each.cured === cured ? [each.load] : []));
    return { cured: of(true), uncured: of(false) };
  } finally {
    for (const { session } of open) session.close();
    litescope.close(model.id);
  }
}

async function loadOnce(model: OpenModel, dirtyHeap: DirtyHeap): Promise<OpenLoad> {
  const { session, value } = await sessions.attempt(model, configuration, (opened) => opened.run({ inputs: inputsOf(model) }), { fallback: false, dirtyHeap });
  return { session, cured: !dirtyHeap.leavePadding, outputs: await digest(value.outputs.map(({ data }) => data)) };
}

function inputsOf(model: OpenModel): Readonly<Record<string, InputSource>> {
  return Object.fromEntries((model.summary.signatures[0]?.inputs ?? []).map(({ name }) => [name, { kind: 'random', ...values }]));
}

async function timedRuns(session: StudySession, model: OpenModel, runs: number): Promise<readonly number[]> {
  return (await session.remote.benchmark({ inputs: inputsOf(model), plan: { warmup_runs: 1, warmup_min_secs: 0, num_runs: runs, min_secs: 0, max_secs: 60 } })).samples_ms;
}

/** One word for all bits of all outputs. */
async function digest(buffers: readonly ArrayBuffer[]): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await new Blob([...buffers]).arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * How many times longer this processor takes to multiply by denormal numbers than by others: where that is nothing, a
 * load without the cure is as fast as one with it. Median of rounds in turn.
 */
export function denormalPenalty(): number {
  const ordinary = new Float32Array(1024).fill(0.37);
  const denormal = new Float32Array(Uint32Array.from(ordinary, (_, index) => 1 + index).buffer);
  const time = (factors: Float32Array): number => {
    const started = performance.now();
    let sum = 0;
    for (let step = 0; step < 2_000_000; step++) sum = Math.fround(sum + Math.fround((factors[step & 1023] ?? 0) * (ordinary[step & 1023] ?? 0)));
    const elapsed = performance.now() - started;
    if (Number.isNaN(sum)) throw new Error('The products are no numbers.');
    return elapsed;
  };
  time(ordinary);
  const ratios = Array.from({ length: 15 }, () => time(denormal) / time(ordinary)).sort((left, right) => left - right);
  return ratios[ratios.length >> 1] ?? Number.NaN;
}

/** The package as its README shows: models loaded one after the other into its one instance, each timed right after its load. */
export async function readmeInARow(litescope: Litescope, ids: readonly string[], runs: number): Promise<ReadmeInARow> {
  const frame = document.createElement('iframe');
  frame.src = '/scripts/bench/page/readme.html';
  const loaded = new Promise((resolve) => { frame.addEventListener('load', resolve, { once: true }); });
  document.body.append(frame);
  await loaded;
  const { readme } = frame.contentWindow as Window & { readme?: ReadmePage };
  if (readme === undefined) throw new Error('The frame of @litertjs/core did not start.');
  const theirs: (readonly number[])[] = [];
  const ours: (readonly number[])[] = [];
  for (const id of ids) {
    const model = await litescope.openFromGallery(id);
    const [input] = model.summary.signatures[0]?.inputs ?? [];
    const shape = (input?.shape ?? []).map((dimension) => (dimension === -1 ? 1 : dimension));
    const picture = Float32Array.from({ length: shape.reduce((product, dimension) => product * dimension, 1) }, (_, index) => (index % 255) / 255);
    await readme.load(`/models/${model.entry?.file ?? ''}`, 1);
    theirs.push((await readme.burst(picture, shape, { warmup_ms: 0, runs, min_ms: 0 })).total);
    const { session } = await loadOnce(model, { filled_bytes: 0, leavePadding: false });
    ours.push(await timedRuns(session, model, runs));
    session.close();
    litescope.close(model.id);
  }
  frame.remove();
  return { theirs, ours };
}
