import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '../lib/console.mjs';
import { root } from '../lib/processes.mjs';
import type { BurstPlan, CureRequest } from './types';

export interface BenchOptions {
  /** Gallery ids; null for all. */
  readonly models: readonly string[] | null;
  /** The parts to run. */
  readonly parts: readonly Part[];
  /** Where the figures go. */
  readonly json: string;
  readonly rounds: number;
  readonly burst: BurstPlan;
  readonly overhead: { readonly instances: number; readonly rounds: number; readonly runs: number; readonly warmup_ms: number };
  readonly startUpRounds: number;
  readonly live: { readonly rounds: number; readonly frames: number };
  readonly preprocess: { readonly rounds: number; readonly frames: number };
  readonly cure: Pick<CureRequest, 'loads' | 'uncuredEvery' | 'runsPerRound' | 'rounds' | 'alike'>;
  readonly quick: boolean;
}

export type Part = 'format' | 'graph' | 'graph-frames' | 'overview' | 'preprocess' | 'live' | 'overhead' | 'start-up' | 'visits' | 'profile' | 'slicing' | 'cure' | 'variants' | 'models' | 'compiled';

const allParts: readonly Part[] = ['format', 'graph', 'graph-frames', 'overview', 'preprocess', 'live', 'overhead', 'start-up', 'visits', 'profile', 'slicing', 'cure', 'variants', 'models', 'compiled'];

const usage = `npm run bench -- [options]
  --models ID,ID   only these models of the gallery in the big table, of the compiler's and of the cure's
  --only PART,…    ${allParts.join(', ')}
  --quick          fewer rounds: for a first look, not for conclusions
  --json FILE      where the figures go (default: a new file under bench-results/)`;

/** @throws SetupError with the usage when an option is wrong */
export function readOptions(parameters: readonly string[]): BenchOptions {
  const values = parse(parameters);
  const parts = values.only?.split(',') ?? allParts;
  if (!parts.every((part): part is Part => allParts.some((known) => known === part))) throw new SetupError(usage);
  const quick = values.quick === true;
  const name = `bench-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`;
  return {
    models: values.models?.split(',') ?? null,
    parts,
    json: values.json ?? join(root, 'bench-results', name),
    rounds: quick ? 3 : 8,
    burst: { warmup_ms: 100, runs: quick ? 3 : 5, min_ms: quick ? 100 : 200 },
    overhead: { instances: quick ? 1 : 3, rounds: quick ? 4 : 8, runs: 60, warmup_ms: 30 },
    startUpRounds: quick ? 3 : 7,
    live: { rounds: quick ? 4 : 9, frames: 60 },
    preprocess: { rounds: quick ? 4 : 9, frames: 40 },
    cure: { loads: quick ? 6 : 30, uncuredEvery: 6, runsPerRound: 8, rounds: { least: 6, most: quick ? 30 : 120 }, alike: 1.1 },
    quick,
  };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: { models: { type: 'string' }, only: { type: 'string' }, json: { type: 'string' }, quick: { type: 'boolean' } },
    }).values;
  } catch {
    throw new SetupError(usage);
  }
}
