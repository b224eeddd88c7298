/** What crosses between the bench's Node side and its page. Times are milliseconds. */
import type { AgreementSummary } from '../../src/vision/agreement/shared/summary';
import type { ProducedConfiguration, RuntimeName } from '../../src/engine/configuration/shared/configuration';
import type { Recipe } from '../../src/quantize/recipe';
import type { OpProfile } from '../../src/report/op-profile';

/** One burst: warm up this long, then time at least this many runs and at least this long. */
export interface BurstPlan {
  readonly warmup_ms: number;
  readonly runs: number;
  readonly min_ms: number;
}

/** Who runs a model: our engine on each runtime, or @litertjs/core as its README shows. */
export type Contestant = RuntimeName | 'readme';

export const contestants: readonly Contestant[] = ['tfjs-tflite', 'litert', 'tfjs-kernels', 'readme'];

/** Beside whom the compiler's modules are timed. */
export const besideCompiled: readonly Contestant[] = ['compiled', 'tfjs-tflite', 'litert', 'readme'];

export interface Measured {
  readonly ok: true;
  /** Timed samples of each round. */
  readonly bursts: readonly (readonly number[])[];
  /** Samples on an input of zeros, on which no denormal number can slow a model down. */
  readonly zeros: readonly number[];
  /** What of each sample of `bursts` was reading the result; empty where samples are invoke alone. */
  readonly reading: readonly number[];
  /** The WASM build that ran. */
  readonly variant: string;
}

export interface Refused {
  readonly ok: false;
  readonly code: string;
  readonly details: string;
}

export type Outcome = Measured | Refused;

export interface ComparisonRequest {
  /** Gallery id. */
  readonly model: string;
  /** Who takes part, in order. */
  readonly contestants: readonly Contestant[];
  readonly threads: number;
  readonly rounds: number;
  readonly burst: BurstPlan;
}

/** One row of the big table, or of the compiler's. */
export interface Comparison extends ComparisonRequest {
  /** Of those who took part. */
  readonly outcomes: Readonly<Partial<Record<Contestant, Outcome>>>;
}

export interface OverheadRequest {
  readonly model: string;
  readonly runtime: RuntimeName;
  /** Workers, one after the other, each with its own copy of runtime and model. */
  readonly instances: number;
  /** Rounds in each of them. */
  readonly rounds: number;
  readonly runs: number;
  readonly warmup_ms: number;
}

/** The same model in the session's benchmark, in a bare loop, and in a second bare loop that tells how alike two equal things look here. */
export interface Overhead extends OverheadRequest {
  readonly ours: readonly (readonly number[])[];
  readonly bare: readonly (readonly number[])[];
  readonly control: readonly (readonly number[])[];
}

export interface ProfilingRequest {
  readonly source: { readonly gallery: string } | { readonly address: string };
  readonly rounds: number;
  /** Of warm-up and of timed runs, in each benchmark and profile. */
  readonly seconds: number;
}

/** The same model on tfjs-tflite, in sessions with and without the profiler that take turns. */
export interface Profiling {
  /** Samples of each round's benchmark right behind its profile, and of the one behind that. */
  readonly after: readonly (readonly number[])[];
  readonly apart: readonly (readonly number[])[];
  readonly profiles: readonly OpProfile[];
}

export interface SlicingRequest {
  readonly source: ProfilingRequest['source'];
  readonly rounds: number;
}

/** The same model on tfjs-tflite, cut into slices, and profiled ahead of that and behind it. */
export interface Slicing {
  readonly profiles: readonly OpProfile[];
  readonly sliced: readonly OpProfile[];
  readonly seconds: readonly number[];
}

export interface CureRequest {
  readonly source: { readonly gallery: string } | { readonly address: string };
  readonly loads: number;
  /** One load without the cure beside so many with it. */
  readonly uncuredEvery: number;
  /** How much of the heap is filled with denormal numbers and freed ahead of each load. */
  readonly filled_bytes: number;
  /** Of each load, each time that it is its turn. */
  readonly runsPerRound: number;
  /** Rounds: of all loads, and at most, of those that are slower than the fastest. */
  readonly rounds: { readonly least: number; readonly most: number };
  /** A load is not slower than the fastest where it takes no longer than so many times its time. */
  readonly alike: number;
}

export interface CureLoad {
  readonly samples_ms: readonly number[];
  readonly init_ms: number;
  readonly padding: ProducedConfiguration['padding'];
  /** SHA-256 of all outputs on the same input. */
  readonly outputs: string;
}

export interface Cure {
  readonly cured: readonly CureLoad[];
  readonly uncured: readonly CureLoad[];
}

/** Samples of each model, loaded one after the other. */
export interface ReadmeInARow {
  readonly theirs: readonly (readonly number[])[];
  readonly ours: readonly (readonly number[])[];
}

/** The page's side, `window.bench`. */
/** A square in a photo: its address, centre and side, in the photo's pixels. */
export interface Place {
  readonly photo: string;
  readonly x: number;
  readonly y: number;
  readonly extent: number;
}

export interface VariantRequest {
  readonly source: { readonly gallery: string } | { readonly address: string };
  /** Addresses; what judges is not what calibrates. */
  readonly photos: { readonly calibrating: readonly string[]; readonly judging: readonly string[]; readonly calibrated: number; readonly judged: number };
  /** Where hands are, for a model that wants a picture of one: they judge, and are most of what calibrates. */
  readonly hands?: { readonly calibrating: readonly Place[]; readonly judging: readonly Place[] } | undefined;
  readonly make: { readonly kind: 'rewrite'; readonly passes: readonly string[] } | { readonly kind: 'quantize'; readonly recipes: readonly (readonly [title: string, recipe: Recipe])[] };
}

export interface VariantFigures {
  readonly variant: string;
  /** Calibration included; null where nothing was quantized. */
  readonly quantize_s: number | null;
  readonly bytes: number;
  readonly original_bytes: number;
  /** Why the runtime does not run it; null where it does. */
  readonly refused: string | null;
  readonly agreement: AgreementSummary | null;
  /** Of landmarks, the mean distance as a share of the picture's side. */
  readonly frameShare: number | null;
  /** Of classes, samples whose best class is kept where equal scores share a place. */
  readonly keptWithEqual: number | null;
  readonly sqnr_db: readonly { readonly name: string; readonly sqnr_db: number }[];
  /** How many times faster than the original, with its 95 % interval. */
  readonly faster: { readonly ratio: number; readonly interval: readonly [number, number] } | null;
}

export interface VariantsMeasured {
  readonly rows: readonly VariantFigures[];
}

export interface BenchPage {
  variants(request: VariantRequest): Promise<VariantsMeasured>;
  gallery(): Promise<readonly { readonly id: string; readonly title: string }[]>;
  compare(request: ComparisonRequest): Promise<Comparison>;
  overhead(request: OverheadRequest): Promise<Overhead>;
  profiling(request: ProfilingRequest): Promise<Profiling>;
  slicing(request: SlicingRequest): Promise<Slicing>;
  cure(request: CureRequest): Promise<Cure>;
  denormalPenalty(): Promise<number>;
  readmeInARow(ids: readonly string[], runs: number): Promise<ReadmeInARow>;
}
