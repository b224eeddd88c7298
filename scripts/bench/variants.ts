/** The part `variants`: int8 beside float on held-out crops of photos, from fewest to most layers in float, and legacy uint8 as int8. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { AgreementSummary } from '../../src/vision/agreement/summary';
import { layOut } from './tables';
import type { BenchPage, VariantRequest, VariantsMeasured } from './types';

type PageWindow = Window & typeof globalThis & { readonly bench: BenchPage };

export interface MeasuredVariants extends VariantsMeasured {
  readonly title: string;
}

const photoOf = (number: number): string => fileURLToPath(new URL(`../../node_modules/@vladmandic/face-api/demo/sample${number}.jpg`, import.meta.url));
/** Beside the repository; left out where that folder is not there. */
const legacy = fileURLToPath(new URL('../../../shared/models/mobilenet_v1_0.25_128_quant.tflite', import.meta.url));
const quantized = ['face-detection-short-range', 'selfie-segmentation', 'hand-landmarks-lite'];

/** @param step is told what comes next */
export async function measureVariants(page: Page, quick: boolean, step: (text: string) => void): Promise<MeasuredVariants[]> {
  await page.route('**/bench-photo-*.jpg', (route) => route.fulfill({ path: photoOf(Number(/photo-(\d)/.exec(route.request().url())?.[1])), contentType: 'image/jpeg' }));
  const address = (number: number): string => new URL(`/bench-photo-${number}.jpg`, page.url()).href;
  const photos = { calibrating: [1, 2, 3].map(address), judging: [4, 5, 6].map(address), calibrated: 100, judged: quick ? 12 : 48 };
  const measured: MeasuredVariants[] = [];
  const measure = async (title: string, request: VariantRequest): Promise<void> => {
    step(title);
    measured.push({ title, ...await page.evaluate((asked) => (window as PageWindow).bench.variants(asked), request) });
  };
  if (existsSync(legacy)) {
    await page.route('**/bench-legacy.tflite', (route) => route.fulfill({ path: legacy, contentType: 'application/octet-stream' }));
    await measure('MobileNet v1 0.25, uint8 to int8', { source: { address: new URL('/bench-legacy.tflite', page.url()).href }, photos: { ...photos, judging: [1, 2, 3, 4, 5, 6].map(address), judged: 200 }, make: { kind: 'rewrite', passes: ['uint8-to-int8'] } });
  }
  for (const gallery of quantized) {
    await measure(`${gallery}, int8`, { source: { gallery }, photos, make: { kind: 'quantize', floatLayers: quick ? [0] : [0, 1, 2, 4, 8, 16] } });
  }
  return measured;
}

export function variantsTable(models: readonly MeasuredVariants[]): string {
  return layOut(
    ['variant', 'agreement with float on held-out crops', 'worst output, dB', 'layers in float', 'size', 'times faster on litert, 1 thread', 'quantizing, s'],
    models.flatMap(({ title, rows, quantize_s }) => rows.map(({ floatLayers, bytes, original_bytes, agreement, sqnr_db, faster }, index) => [
      index === 0 ? title : '', agreement === null ? '–' : inWords(agreement), Math.min(...sqnr_db.map((output) => output.sqnr_db)).toFixed(1), String(floatLayers), (bytes / original_bytes).toFixed(2),
      faster === null ? 'not measured' : `${faster.ratio.toFixed(2)} (${faster.interval[0].toFixed(2)} to ${faster.interval[1].toFixed(2)})`, quantize_s === null ? '' : quantize_s.toFixed(0),
    ])),
    2,
  );
}

function inWords(agreement: AgreementSummary): string {
  const digits = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  switch (agreement.kind) {
    case 'classes': return `top-1 kept ${agreement.top1} of ${agreement.samples}`;
    case 'detections': return `${agreement.matched} boxes, ${agreement.missing} missing, ${agreement.extra} more, IoU ${digits(agreement.mean_iou)} (least ${digits(agreement.least_iou)}), scores within ${digits(agreement.score_difference)}`;
    case 'mask': return `mask IoU ${digits(agreement.mean_iou)} (least ${digits(agreement.least_iou)})`;
    case 'landmarks': return `points ${(agreement.mean_distance * 100).toFixed(2)} % of the object away, scores within ${digits(agreement.score_difference)}`;
    default: return agreement.kind;
  }
}
