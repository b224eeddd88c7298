/** The tables of the parts `profile` and `slicing`, and the models that they measure. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rank } from 'd3-array';
import type { Page } from '@playwright/test';
import { kindRows, profileRows } from '../../src/report/profile-figures';
import type { OpProfile } from '../../src/report/op-profile';
import { layOut, median } from './tables';
import type { BenchPage, Profiling } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };

export interface ProfiledModel extends Profiling {
  readonly title: string;
}

const galleryModels = ['hand-landmarks-lite', 'face-detection-short-range'];
/** Beside the repository; left out where that folder is not there. */
const quantized = fileURLToPath(new URL('../../../shared/models/tf2_mobilenet_v2_1.0_224_ptq.tflite', import.meta.url));

/** @param step is told what comes next */
export async function measureProfiles(page: Page, quick: boolean, slicing: boolean, step: (text: string) => void): Promise<ProfiledModel[]> {
  const sources: (readonly [title: string, source: { gallery: string } | { address: string }])[] = galleryModels.map((gallery) => [gallery, { gallery }]);
  if (existsSync(quantized)) {
    await page.route('**/bench-model.tflite', (route) => route.fulfill({ path: quantized, contentType: 'application/octet-stream' }));
    sources.push(['MobileNet v2, int8', { address: new URL('/bench-model.tflite', page.url()).href }]);
  }
  const measured: ProfiledModel[] = [];
  for (const [title, source] of sources) {
    step(`${title}${slicing ? ' · slicing too' : ''}`);
    const request = { source, rounds: quick || slicing ? 2 : 4, seconds: quick ? 0.3 : 0.7, slicing };
    measured.push({ title, ...await page.evaluate((asked) => (window as PageWindow).bench.profiling(asked), request) });
  }
  return measured;
}

const opsTime = ({ ops }: OpProfile): number => ops.reduce((sum, { time_ms }) => sum + time_ms, 0);

/** Ops' times against a session without the profiler, and what a profile in between does to such sessions. */
export function profileTable(models: readonly ProfiledModel[]): string {
  return layOut(
    ['model', 'invoke without profiler, ms', 'ops together, ms', 'ops ÷ invoke', 'after a profile ÷ before'],
    models.map(({ title, before, after, profiles }) => {
      const invoke = median([...before, ...after].flat());
      const ops = median(profiles.map(opsTime));
      const ratio = median(after.map((samples, round) => median(samples) / median(before[round] ?? [])));
      return [title, invoke.toFixed(2), ops.toFixed(2), (ops / invoke).toFixed(3), ratio.toFixed(3)];
    }),
    1,
  );
}

/** Ops above this share of the profiler's time are ranked. */
const rankedFrom = 0.02;

/** Slicing against the last profile of the same session. */
export function slicingTable(models: readonly ProfiledModel[]): string {
  return layOut(
    ['model', 'ops above 2 %', 'rank correlation', 'kinds above 2 %: sliced ÷ profiled'],
    models.flatMap(({ title, profiles, sliced }) => {
      const profile = profiles.at(-1);
      if (sliced === null || profile === undefined) return [];
      const large = profileRows(profile, 'run').filter(({ share }) => share > rankedFrom);
      const slicedTimes = large.map(({ op }) => sliced.ops[op]?.time_ms ?? 0);
      const kinds = kindRows(profile).filter(({ share }) => share > rankedFrom);
      const byKind = new Map(kindRows(sliced).map(({ kind, share }) => [kind, share]));
      return [[
        title, String(large.length), correlation(rank(large.map(({ time_ms }) => time_ms)), rank(slicedTimes)).toFixed(3),
        kinds.map(({ kind, share }) => `${kind} ${((byKind.get(kind) ?? 0) / share).toFixed(2)}`).join(', '),
      ]];
    }),
    1,
  );
}

/** Pearson's; of ranks, Spearman's. */
function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const [a, b] = [deviations(one), deviations(other)];
  const product = (left: readonly number[], right: readonly number[]): number => left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

function deviations(values: ArrayLike<number>): readonly number[] {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return all.map((value) => value - mean);
}
