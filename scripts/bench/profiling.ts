/** The tables of the parts `profile` and `slicing`, and the models that they measure. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mean, rank } from 'd3-array';
import type { Page } from '@playwright/test';
import { kindRows } from '../../src/report/profile-figures';
import type { OpProfile } from '../../src/report/op-profile';
import { pairedRatio, type RatioEstimate } from '../../src/stats/bootstrap';
import { layOut, median } from './tables';
import type { BenchPage, Profiling, ProfilingRequest, Slicing } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };
type Titled<Measured> = Measured & { readonly title: string };
export type ProfiledModel = Titled<Profiling>;
export type SlicedModel = Titled<Slicing>;

const galleryModels = ['hand-landmarks-lite', 'face-detection-short-range'];
/** Beside the repository; left out where that folder is not there. */
const quantized = fileURLToPath(new URL('../../../shared/models/tf2_mobilenet_v2_1.0_224_ptq.tflite', import.meta.url));

async function measureEach<Measured>(page: Page, step: (text: string) => void, measure: (source: ProfilingRequest['source']) => Promise<Measured>): Promise<Titled<Measured>[]> {
  const sources: (readonly [title: string, source: ProfilingRequest['source']])[] = galleryModels.map((gallery) => [gallery, { gallery }]);
  if (existsSync(quantized)) {
    await page.route('**/bench-model.tflite', (route) => route.fulfill({ path: quantized, contentType: 'application/octet-stream' }));
    sources.push(['MobileNet v2, int8', { address: new URL('/bench-model.tflite', page.url()).href }]);
  }
  const measured: Titled<Measured>[] = [];
  for (const [title, source] of sources) {
    step(title);
    measured.push({ title, ...await measure(source) });
  }
  return measured;
}

/** @param step is told what comes next */
export function measureProfiles(page: Page, quick: boolean, step: (text: string) => void): Promise<ProfiledModel[]> {
  return measureEach(page, (title) => { step(`${title} · profiles`); }, (source) =>
    page.evaluate((request) => (window as PageWindow).bench.profiling(request), { source, rounds: quick ? 6 : 20, seconds: 0.25 }));
}

/** @param step is told what comes next */
export function measureSlicing(page: Page, quick: boolean, step: (text: string) => void): Promise<SlicedModel[]> {
  return measureEach(page, (title) => { step(`${title} · slicing`); }, (source) =>
    page.evaluate((request) => (window as PageWindow).bench.slicing(request), { source, rounds: quick ? 1 : 3 }));
}

const opsTime = ({ ops }: Pick<OpProfile, 'ops'>): number => ops.reduce((sum, { time_ms }) => sum + time_ms, 0);

function estimate({ ratio, interval: [low, high] }: RatioEstimate): string {
  return `${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** Ops' times against a session without the profiler, and what a profile does to a session that comes after it; ratios of each round. */
export function profileTable(models: readonly ProfiledModel[]): string {
  return layOut(
    ['model', 'without profiler, ms', 'ops together, ms', 'ops ÷ own invoke', 'ops ÷ invoke without profiler', 'after a profile ÷ apart from one'],
    models.map(({ title, after, apart, profiles }) => {
      const clean = after.map((samples, round) => median([...samples, ...apart[round] ?? []]));
      const ops = profiles.map(opsTime);
      return [
        title, median(clean).toFixed(2), median(ops).toFixed(2),
        estimate(pairedRatio(ops, profiles.map(({ invoke_ms }) => invoke_ms))),
        estimate(pairedRatio(ops, clean)),
        // A machine that changes its speed steadily is as much faster in one half as it is slower in the other.
        estimate(pairedRatio(after.map(median), apart.map(median))),
      ];
    }),
    1,
  );
}

/** Ops and kinds above this share of the profiler's time are compared. */
const comparedFrom = 0.02;

/** Each slicing against the profiler, and the profiler against itself, which is as alike as they can be expected to be. */
export function slicingTable(models: readonly SlicedModel[]): string {
  return layOut(
    ['model', 'seconds', 'ops above 2 %', 'rank correlation', 'of profiles', 'kinds above 2 %: sliced ÷ profiled'],
    models.map(({ title, profiles, sliced, seconds }) => {
      const profile = together(profiles);
      const large = profile.ops.flatMap(({ time_ms }, op) => (time_ms > comparedFrom * opsTime(profile) ? [op] : []));
      const ranks = ({ ops }: Pick<OpProfile, 'ops'>): ArrayLike<number> => rank(large.map((op) => ops[op]?.time_ms ?? 0));
      const kinds = kindRows(profile).filter(({ share }) => share > comparedFrom);
      const slicedKinds = sliced.map((each) => new Map(kindRows(each).map(({ kind, share }) => [kind, share])));
      return [
        title, median(seconds).toFixed(0), String(large.length),
        sliced.map((each) => correlation(ranks(profile), ranks(each)).toFixed(3)).join(', '),
        profiles.slice(1).map((each, index) => correlation(ranks(profiles[index] ?? each), ranks(each)).toFixed(3)).join(', '),
        kinds.map(({ kind, share }) => `${kind} ${(median(slicedKinds.map((shares) => shares.get(kind) ?? 0)) / share).toFixed(2)}`).join(', '),
      ];
    }),
    1,
  );
}

/** The mean of several profiles of one model. */
function together(profiles: readonly OpProfile[]): OpProfile {
  const [first] = profiles;
  if (first === undefined) throw new Error('nothing was profiled');
  return { ...first, ops: first.ops.map((op, index) => ({ ...op, time_ms: mean(profiles, ({ ops }) => ops[index]?.time_ms) ?? 0 })) };
}

/** Pearson's; of ranks, Spearman's. */
function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [a, b] = [deviations(one), deviations(other)];
  const product = (left: readonly number[], right: readonly number[]): number => left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function deviations(values: ArrayLike<number>): readonly number[] {
  const all = Array.from(values);
  const centre = mean(all) ?? 0;
  return all.map((value) => value - centre);
}
