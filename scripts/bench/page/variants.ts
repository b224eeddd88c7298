/** Variants beside their originals on held-out pictures: how far what comes out differs in the task's terms, and how fast each is. */
import type { Litescope, OpenModel } from '../../../src/api';
import type { GivenSample } from '../../../src/api/samples';
import type { SampleOfModel } from '../../../src/studies/accuracy/shared/protocol';
import type { OutputsComparison, SampleRow } from '../../../src/studies/accuracy/shared/outputs-comparison';
import type { DecodedAs } from '../../../src/vision/shared/types';
import type { VariantFigures, VariantRequest, VariantsMeasured } from '../types';
import { around, crops } from './pictures';

const configuration = { runtime: 'litert', accelerator: 'wasm', threads: 1 } as const;

type Samples = readonly GivenSample[];

/** Makes variants of one model, each measured beside it. */
export async function variants(litescope: Litescope, { source, photos, hands, make }: VariantRequest): Promise<VariantsMeasured> {
  const model = 'gallery' in source ? await litescope.openFromGallery(source.gallery) : await litescope.open(source.address);
  const sample = (image: Blob): GivenSample => ({ inputs: { [model.summary.signatures[0]?.inputs[0]?.name ?? '']: { kind: 'image', image } } });
  /** Crops around hands in which the model itself sees one: its points mean nothing elsewhere. */
  const handsIn = async (places: NonNullable<VariantRequest['hands']>['judging'], count: number, seed: number): Promise<Samples> => {
    const seen: GivenSample[] = [];
    let tried = 0;
    for await (const image of around(places, seed)) {
      const { decoded } = await litescope.run(model.id, configuration, sample(image).inputs, { decoder: model.entry?.decoder });
      if (decoded?.kind === 'landmarks' && (decoded.score ?? 0) >= 0.5) seen.push(sample(image));
      if (seen.length === count || ++tried === count * 20) break;
    }
    return seen;
  };
  const rows: VariantFigures[] = [];
  try {
    const judged = hands === undefined ? (await crops(photos.judging, photos.judged, 2)).map(sample) : await handsIn(hands.judging, photos.judged, 4);
    if (make.kind === 'rewrite') {
      const { model: variant } = await litescope.rewrite(model.id, { passes: make.passes }, [], { prove: false });
      return { rows: [{ variant: make.passes.join(', '), quantize_s: null, ...await figuresOf(litescope, model, variant, judged) }] };
    }
    const found = hands === undefined ? [] : await handsIn(hands.calibrating, Math.round(photos.calibrated * 0.6), 3);
    const calibrating = [...found, ...(await crops(photos.calibrating, photos.calibrated - found.length, 1)).map(sample)].map(({ inputs }) => inputs);
    for (const [title, recipe] of make.recipes) {
      const begun = performance.now();
      const { model: variant } = await litescope.quantize(model.id, recipe, calibrating, { prove: false });
      const quantize_s = (performance.now() - begun) / 1000;
      rows.push({ variant: title, quantize_s, ...await figuresOf(litescope, model, variant, judged) });
      litescope.close(variant.id);
    }
    return { rows };
  } finally {
    litescope.close(model.id);
  }
}

async function figuresOf(litescope: Litescope, model: OpenModel, variant: OpenModel, judged: Samples): Promise<Omit<VariantFigures, 'variant' | 'quantize_s'>> {
  const sizes = { bytes: variant.bytes, original_bytes: model.bytes };
  const comparison = await litescope.compare([model.id, variant.id], configuration, judged, { results: true });
  const compared = comparison.models[1];
  if (compared === undefined || compared.error !== null) return { ...sizes, refused: compared?.error?.details ?? 'not compared', agreement: null, frameShare: null, keptWithEqual: null, sqnr_db: [], faster: null };
  const report = await litescope.benchmark([model.id, variant.id], [configuration], { num_runs: 10, min_secs: 0.2, warmup_min_secs: 0.1 }, {}, { fallback: false, comparison: { rounds: 15 } });
  const [ratio] = report.comparison?.ratios ?? [];
  return {
    ...sizes, refused: null, agreement: compared.agreement, frameShare: shareOfFrame(comparison), keptWithEqual: keptWithEqual(comparison),
    sqnr_db: compared.outputs.map(({ name, metrics }) => ({ name, sqnr_db: metrics?.sqnr_db ?? NaN })),
    faster: ratio === undefined ? null : { ratio: 1 / ratio.ratio, interval: [1 / ratio.interval[1], 1 / ratio.interval[0]] },
  };
}

/** What the two models made of a sample. */
function ranOn({ models }: SampleRow): readonly (SampleOfModel | undefined)[] {
  return models.map((model) => (model !== null && 'best' in model ? model : undefined));
}

/** Mean distance of points over all samples as a share of the picture's side; null for other tasks. */
function shareOfFrame({ samples }: OutputsComparison): number | null {
  const distances = samples.flatMap((sample) => {
    const [reference, other] = ranOn(sample);
    const [wanted, got] = [reference?.result?.decoded, other?.result?.decoded];
    const placement = reference?.result?.placement;
    if (wanted?.kind !== 'landmarks' || got?.kind !== 'landmarks' || placement === null || placement === undefined) return [];
    return distancesOf(wanted, got).map((distance) => distance / Math.min(placement.sourceWidth, placement.sourceHeight));
  });
  return distances.length === 0 ? null : distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

function distancesOf(wanted: DecodedAs<'landmarks'>, got: DecodedAs<'landmarks'>): readonly number[] {
  return wanted.points.map(({ x, y }, index) => Math.hypot(x - (got.points[index]?.x ?? NaN), y - (got.points[index]?.y ?? NaN)));
}

/** Samples whose best class is kept where classes with equal scores share their place: steps of 1/256 leave many equal. Null for other tasks. */
function keptWithEqual({ samples }: OutputsComparison): number | null {
  const lists = samples.map((sample) => ranOn(sample)).map(([reference, other]) => [reference?.best ?? [], other?.best ?? []] as const).filter(([wanted]) => wanted.length > 0);
  if (lists.length === 0) return null;
  const bestOf = (list: (typeof lists)[number][number]): ReadonlySet<number> => new Set(list.filter(({ score }) => score === list[0]?.score).map(({ index }) => index));
  return lists.filter(([wanted, got]) => {
    const best = bestOf(got);
    return [...bestOf(wanted)].some((index) => best.has(index));
  }).length;
}
