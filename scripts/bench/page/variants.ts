/** Variants beside their originals on crops of photos: how far what comes out differs in the task's terms, and how fast each is. */
import type { Litescope, Model, Variant } from '../../../src/api';
import type { GivenSample } from '../../../src/engine/comparing/samples';
import type { QuantizedModel } from '../../../src/engine/quantize/quantize-model';
import { recipes, withFloatIslands } from '../../../src/quantize/recipe';
import { mulberry32 } from '../../../src/stats/random';
import type { VariantFigures, VariantRequest, VariantsMeasured } from '../types';

const configuration = { runtime: 'litert', accelerator: 'wasm', threads: 1 } as const;
const cropSide = 256;

/** Squares out of photos, of 60 to 100 % of their short side, at seeded places. */
async function crops(addresses: readonly string[], count: number, seed: number): Promise<readonly Blob[]> {
  const random = mulberry32(seed);
  const photos = await Promise.all(addresses.map(async (address) => createImageBitmap(await (await fetch(address)).blob())));
  const pictures: Blob[] = [];
  for (let index = 0; index < count; index++) {
    const photo = photos[index % photos.length];
    if (photo === undefined) break;
    const side = Math.min(photo.width, photo.height) * (0.6 + 0.4 * random());
    const canvas = new OffscreenCanvas(cropSide, cropSide);
    canvas.getContext('2d')?.drawImage(photo, (photo.width - side) * random(), (photo.height - side) * random(), side, side, 0, 0, cropSide, cropSide);
    pictures.push(await canvas.convertToBlob({ type: 'image/png' }));
  }
  return pictures;
}

/** Makes variants of one model and measures each: `layers` says how many of the most sensitive layers stay in float. */
export async function variants(litescope: Litescope, { source, photos, make }: VariantRequest): Promise<VariantsMeasured> {
  const model = 'gallery' in source ? await litescope.openFromGallery(source.gallery) : await litescope.open(source.address);
  const name = model.summary.signatures[0]?.inputs[0]?.name ?? '';
  const input = (image: Blob) => ({ [name]: { kind: 'image' as const, image } });
  const judged = (await crops(photos.judging, photos.judged, 2)).map((image): GivenSample => ({ inputs: input(image) }));
  const rows: VariantFigures[] = [];
  try {
    if (make.kind === 'rewrite') {
      const { model: variant } = await litescope.rewrite(model.id, { passes: make.passes }, [], { prove: false });
      rows.push(await figuresOf(litescope, model, variant, judged, 0));
      return { rows, quantize_s: null };
    }
    const samples = (await crops(photos.calibrating, photos.calibrated, 1)).map(input);
    const ranked = make.floatLayers.some((layers) => layers > 0) ? await sensitiveLayers(litescope, model, samples) : [];
    let quantize_s = 0;
    for (const layers of make.floatLayers) {
      const begun = performance.now();
      const { model: variant } = await litescope.quantize(model.id, withFloatIslands(recipes.int8, ranked.slice(0, layers)), samples, { prove: false });
      quantize_s = (performance.now() - begun) / 1000;
      rows.push(await figuresOf(litescope, model, variant, judged, Math.min(layers, ranked.length)));
      litescope.close(variant.id);
    }
    return { rows, quantize_s };
  } finally {
    litescope.close(model.id);
  }
}

/** Layers by what the whole gains when each alone stays in float, most first. An error budget that nothing reaches makes the search try all. */
async function sensitiveLayers(litescope: Litescope, model: Model, samples: readonly Readonly<Record<string, { readonly kind: 'image'; readonly image: Blob }>>[]): Promise<readonly string[]> {
  const { model: variant, islands }: Variant<QuantizedModel> = await litescope.quantize(model.id, 'int8', samples.slice(0, 32), { prove: false, least_sqnr_db: 200 });
  litescope.close(variant.id);
  return [...islands?.sensitivity ?? []].sort(([, one], [, other]) => other - one).map(([layer]) => layer);
}

async function figuresOf(litescope: Litescope, model: Model, variant: Model, judged: readonly GivenSample[], floatLayers: number): Promise<VariantFigures> {
  const { models: [, compared] } = await litescope.compare([model.id, variant.id], configuration, judged);
  const report = await litescope.benchmark([model.id, variant.id], [configuration], { num_runs: 10, min_secs: 0.2, warmup_min_secs: 0.1 }, {}, { fallback: false, comparison: { rounds: 15 } });
  const [ratio] = report.comparison?.ratios ?? [];
  return {
    floatLayers, bytes: variant.bytes, original_bytes: model.bytes, agreement: compared?.agreement ?? null,
    sqnr_db: compared?.outputs.map(({ name, metrics }) => ({ name, sqnr_db: metrics?.sqnr_db ?? NaN })) ?? [],
    faster: ratio === undefined ? null : { ratio: 1 / ratio.ratio, interval: [1 / ratio.interval[1], 1 / ratio.interval[0]] },
  };
}
