/** The part `cure`: loads of models on litert, as shipped and with float32 weights, and the package's own as its README shows. */
import type { Page } from '@playwright/test';
import { unfoldFloat16 } from '../../src/rewrite/unfold-float16';
import { galleryModel } from '../../src/tflite/testing/models';
import { openModel } from '../../src/tflite/format/verify/verify';
import { writeModel } from '../../src/tflite/format/write/writer';
import type { BenchOptions } from './options';
import { layOut, median, milliseconds } from './tables';
import type { BenchPage, Cure, CureLoad, ReadmeInARow } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };

export interface CuredModel extends Cure {
  readonly title: string;
}

export interface CureFigures {
  readonly models: readonly CuredModel[];
  readonly inARow: ReadmeInARow;
  /** How many times longer this processor takes for denormal numbers. */
  readonly penalty: number;
}

const models = [
  { title: 'face detection short', id: 'face-detection-short-range', path: 'face_detection/face_detection_short_range.tflite' },
  { title: 'face detection full', id: 'face-detection-full-range', path: 'face_detection/face_detection_full_range.tflite' },
  { title: 'hand landmarks lite', id: 'hand-landmarks-lite', path: 'hands/hand_landmark_lite.tflite' },
  { title: 'pose landmarks lite', id: 'pose-landmarks-lite', path: 'pose/pose_landmark_lite.tflite' },
] as const;
/** As DESIGN.md's figure for the package has them. */
const inARow = ['face-detection-short-range', 'hand-landmarks-lite', 'pose-landmarks-lite'];
const filled_bytes = 64 * 2 ** 20;
const runs_in_a_row = 48;

/** @param step is told what comes next */
export async function measureCure(page: Page, { cure: options, models: wanted }: Pick<BenchOptions, 'cure' | 'models'>, step: (text: string) => void): Promise<CureFigures> {
  const measured: CuredModel[] = [];
  for (const { title, id, path } of models) {
    if (wanted?.includes(id) === false) continue;
    const floats = Buffer.from(writeModel(unfoldFloat16(openModel(galleryModel(path))).model));
    const address = new URL(`/${id}-float32.tflite`, page.url()).href;
    await page.route(address, (route) => route.fulfill({ body: floats, contentType: 'application/octet-stream' }));
    for (const [weights, source] of [['as shipped', { gallery: id }], ['float32', { address }]] as const) {
      step(`${title}, ${weights} · ${options.loads} loads`);
      const figures = await page.evaluate((request) => (window as PageWindow).bench.cure(request), { source, filled_bytes, ...options });
      const [cured, uncured] = [slowestToFastest(figures.cured), slowestToFastest(figures.uncured)];
      step(`${title}, ${weights} · slowest ÷ fastest ${cured.toFixed(2)} cured, ${uncured.toFixed(2)} not, by ${runs(figures)} runs of each`);
      measured.push({ title: `${title}, ${weights}`, ...figures });
    }
  }
  step('@litertjs/core, models in a row');
  const penalty = await page.evaluate(() => (window as PageWindow).bench.denormalPenalty());
  return { models: measured, penalty, inARow: await page.evaluate(([ids, runs]) => (window as PageWindow).bench.readmeInARow(ids, runs), [inARow, runs_in_a_row] as const) };
}

/** Of one load: its fastest run. Denormal numbers slow every run of a load; what else the machine does slows some. */
const speeds = (loads: readonly CureLoad[]): readonly number[] => loads.map(({ samples_ms }) => Math.min(...samples_ms));

function slowestToFastest(loads: readonly CureLoad[]): number {
  const each = speeds(loads);
  return Math.max(...each) / Math.min(...each);
}

/** `48`, or `48–304` where some loads had to show longer that they are as fast. */
function runs({ cured, uncured }: Cure): string {
  const counts = [...cured, ...uncured].map(({ samples_ms }) => samples_ms.length);
  return [...new Set([Math.min(...counts), Math.max(...counts)])].join('–');
}

export function cureTable({ models: rows, penalty }: CureFigures): string {
  const processor = `This processor takes ${penalty.toFixed(2)} times as long to multiply by denormal numbers as by others.`;
  const table = layOut(
    ['model', 'runs of each', 'loads', 'fastest ms', 'slowest ms', 'ratio', 'not cured', 'fastest ms', 'slowest ms', 'ratio', 'layers cleaned', 'denormals', 'not found', 'outputs', 'load ms', 'not cured'],
    rows.map(({ title, cured, uncured }) => {
      const range = (loads: readonly CureLoad[]) => {
        const each = speeds(loads);
        return [String(loads.length), milliseconds(Math.min(...each)), milliseconds(Math.max(...each)), slowestToFastest(loads).toFixed(2)];
      };
      const outputs = new Set([...cured, ...uncured].map(({ outputs: bits }) => bits)).size === 1 ? 'identical' : 'DIFFER';
      const last = cured.at(-1)?.padding;
      return [
        title, runs({ cured, uncured }), ...range(cured), ...range(uncured), `${last?.cleaned ?? 0} of ${last?.layers ?? 0}`, String(last?.denormals ?? 0), String(last?.notFound ?? 0), outputs,
        milliseconds(median(cured.map(({ init_ms }) => init_ms))), milliseconds(median(uncured.map(({ init_ms }) => init_ms))),
      ];
    }),
    1,
  );
  return `${processor}\n${table}`;
}

export function inARowTable({ inARow: { theirs, ours } }: CureFigures): string {
  return layOut(
    ['loaded in this order', '@litertjs/core ms', 'ours ms', 'ours ÷ theirs'],
    inARow.map((id, position) => {
      const [package_ms, own_ms] = [median(theirs[position] ?? []), median(ours[position] ?? [])];
      return [id, milliseconds(package_ms), milliseconds(own_ms), (own_ms / package_ms).toFixed(2)];
    }),
    1,
  );
}
