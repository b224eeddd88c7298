/**
 * The part `variants`: int8 and its like beside float on held-out pictures, as a curve of error against speed, and legacy
 * uint8 as int8.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { type Recipe, recipes } from '../../src/quantize/recipe';
import { layOut } from './tables';
import type { BenchPage, Place, VariantFigures, VariantRequest, VariantsMeasured } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };

export interface MeasuredVariants extends VariantsMeasured {
  readonly title: string;
}

const photoOf = (number: number): string => fileURLToPath(new URL(`../../node_modules/@vladmandic/face-api/demo/sample${number}.jpg`, import.meta.url));
/** Beside the repository; left out where that folder is not there. */
const legacy = fileURLToPath(new URL('../../../shared/models/mobilenet_v1_0.25_128_quant.tflite', import.meta.url));
const quantized = ['face-detection-short-range', 'selfie-segmentation', 'hand-landmarks-lite'];

/** Hands in the photos: number of the photo, centre and side in its pixels. */
const handPlaces: Readonly<Record<'calibrating' | 'judging', readonly (readonly [photo: number, x: number, y: number, extent: number])[]>> = {
  calibrating: [[2, 330, 360, 400], [2, 386, 1113, 330], [2, 900, 1120, 400], [3, 700, 920, 260]],
  judging: [[4, 770, 810, 250], [4, 815, 550, 230], [4, 1200, 900, 240], [4, 620, 750, 540], [5, 1265, 1150, 350], [5, 1345, 600, 540], [6, 1354, 642, 400], [6, 270, 1025, 470]],
};

/** From the fastest that may be to the one that loses least. */
const tails = [0, 0.1, 0.3, 0.6];
const curve: readonly (readonly [title: string, recipe: Recipe])[] = [
  ...tails.map((floatTail) => [`int8, ${floatTail * 100} % of multiplications in float`, { ...recipes.int8, floatTail }] as const),
  ['int16 activations', recipes.int16],
  ['dynamic range int8', recipes['dynamic-int8']],
  ['weights int8', recipes['weights-int8']],
];

/** @param step is told what comes next */
export async function measureVariants(page: Page, quick: boolean, step: (text: string) => void): Promise<MeasuredVariants[]> {
  await page.route('**/bench-photo-*.jpg', (route) => route.fulfill({ path: photoOf(Number(/photo-(\d)/.exec(route.request().url())?.[1])), contentType: 'image/jpeg' }));
  const address = (number: number): string => new URL(`/bench-photo-${number}.jpg`, page.url()).href;
  const photos = { calibrating: [1, 2, 3].map(address), judging: [4, 5, 6].map(address), calibrated: 100, judged: quick ? 12 : 48 };
  const placesOf = (kind: keyof typeof handPlaces): readonly Place[] => handPlaces[kind].map(([photo, x, y, extent]) => ({ photo: address(photo), x, y, extent }));
  const measured: MeasuredVariants[] = [];
  const measure = async (title: string, request: VariantRequest): Promise<void> => {
    step(title);
    measured.push({ title, ...await page.evaluate((asked) => (window as PageWindow).bench.variants(asked), request) });
  };
  if (existsSync(legacy)) {
    await page.route('**/bench-legacy.tflite', (route) => route.fulfill({ path: legacy, contentType: 'application/octet-stream' }));
    await measure('MobileNet v1 0.25', { source: { address: new URL('/bench-legacy.tflite', page.url()).href }, photos: { ...photos, judging: [1, 2, 3, 4, 5, 6].map(address), judged: 200 }, make: { kind: 'rewrite', passes: ['uint8-to-int8'] } });
  }
  for (const gallery of quantized) {
    const hands = gallery.startsWith('hand') ? { calibrating: placesOf('calibrating'), judging: placesOf('judging') } : undefined;
    await measure(gallery, { source: { gallery }, photos, hands, make: { kind: 'quantize', recipes: quick ? curve.slice(0, 2) : curve } });
  }
  return measured;
}

export function variantsTable(models: readonly MeasuredVariants[]): string {
  return layOut(
    ['model', 'variant', 'agreement on held-out pictures', 'worst output, dB', 'size', 'times faster on litert, 1 thread', 'best of its kind', 'quantizing, s'],
    models.flatMap(({ title, rows }) => rows.map((row, index) => [
      index === 0 ? title : '', row.variant, row.refused ?? inWords(row), row.sqnr_db.length === 0 ? '' : Math.min(...row.sqnr_db.map((output) => output.sqnr_db)).toFixed(1), (row.bytes / row.original_bytes).toFixed(2),
      row.faster === null ? 'not measured' : `${row.faster.ratio.toFixed(2)} (${row.faster.interval[0].toFixed(2)} to ${row.faster.interval[1].toFixed(2)})`,
      rows.length > 1 && isOnCurve(row, rows) ? '•' : '', row.quantize_s === null ? '' : row.quantize_s.toFixed(0),
    ])),
    3,
  );
}

/** Whether no other variant is both faster and nearer to float (Pareto). */
function isOnCurve(row: VariantFigures, rows: readonly VariantFigures[]): boolean {
  const [error, speed] = [errorOf(row), row.faster?.ratio ?? NaN];
  return !Number.isNaN(error + speed) && !rows.some((other) => errorOf(other) <= error && (other.faster?.ratio ?? NaN) >= speed && (errorOf(other) < error || (other.faster?.ratio ?? NaN) > speed));
}

/** One number to compare variants of one model by: 0 for what float gives. */
function errorOf({ agreement, frameShare }: VariantFigures): number {
  switch (agreement?.kind) {
    case 'classes': return 1 - agreement.top1 / agreement.samples;
    case 'detections': return agreement.missing + agreement.extra + (agreement.score_difference ?? NaN);
    case 'mask': return 1 - agreement.mean_iou;
    case 'landmarks': return frameShare ?? NaN;
    default: return NaN;
  }
}

function inWords({ agreement, frameShare, keptWithEqual }: VariantFigures): string {
  const digits = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  const percent = (value: number | null): string => (value === null ? '–' : `${(value * 100).toFixed(2)} %`);
  switch (agreement?.kind) {
    case 'classes': return `top-1 kept on ${agreement.top1} of ${agreement.samples}, ${keptWithEqual ?? '–'} where equal scores share a place`;
    case 'detections': return `${agreement.matched} boxes, ${agreement.missing} missing, ${agreement.extra} more, IoU ${digits(agreement.mean_iou)} (least ${digits(agreement.least_iou)}), scores within ${digits(agreement.score_difference)}`;
    case 'mask': return `mask IoU ${digits(agreement.mean_iou)} (least ${digits(agreement.least_iou)})`;
    case 'landmarks': return `points ${percent(frameShare)} of the frame away (${percent(agreement.mean_distance)} of the object), scores within ${digits(agreement.score_difference)}, ${agreement.samples} hands`;
    default: return agreement?.kind ?? '–';
  }
}
