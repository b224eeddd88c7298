import * as v from 'valibot';
import { acceleratorKinds, runtimeNames } from '../../engine/session/shared/attempts';
import { benchmarkPlanSchema } from '../../report/benchmark';
import { drawingStyleSchema } from '../../vision/drawing/shared/drawing-style';
import { preprocessingSchema } from '../../vision/shared/schemas';

/**
 * What a person has set and not yet used, as a tab's storage keeps it. What lies there may be of an earlier version of the
 * page: it is read by these schemas, and what does not fit is dropped.
 */
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const finite = v.pipe(v.number(), v.finite());
const least0 = v.pipe(finite, v.minValue(0));

export const configurationDraft = v.object({
  runtime: v.picklist(['auto', ...runtimeNames]),
  accelerator: v.picklist(['auto', ...acceleratorKinds]),
  threads: v.union([v.literal('auto'), positive]),
  watchdogSeconds: least0,
});
export type ConfigurationDraft = v.InferOutput<typeof configurationDraft>;

export const sweepDraft = v.object({
  runtimes: v.array(v.picklist(runtimeNames)),
  counts: v.nullable(v.array(positive)),
  ops: v.boolean(),
});
export type SweepDraft = v.InferOutput<typeof sweepDraft>;

const threshold = v.exactOptional(v.pipe(finite, v.minValue(0), v.maxValue(1)));
export const liveDraft = v.object({
  preview: v.boolean(),
  drawing: drawingStyleSchema,
  detects: v.boolean(),
  smoothing: v.pipe(finite, v.minValue(0), v.ltValue(1)),
  thresholds: v.record(v.string(), v.object({ scoreThreshold: threshold, overlapThreshold: threshold })),
});
export type LiveDraft = v.InferOutput<typeof liveDraft>;

/** What all models have in common. */
export const pageDraft = v.object({ configuration: configurationDraft, plan: benchmarkPlanSchema, sweep: sweepDraft, live: liveDraft });
export type PageDraft = v.InferOutput<typeof pageDraft>;

const inputDraft = v.object({
  /** A file's values are gone with the page; null is the usual choice. */
  kind: v.nullable(v.picklist(['image', 'audio', 'values', 'random', 'zeros'])),
  range: v.object({ seed: finite, min: finite, max: finite }),
  preprocessing: v.nullable(preprocessingSchema),
  /** As they were typed. */
  values: v.exactOptional(v.array(v.string())),
  text: v.exactOptional(v.string()),
});
export type InputDraft = v.InferOutput<typeof inputDraft>;

const signatureDraft = v.object({ index: v.pipe(v.number(), v.integer(), v.minValue(0)), sizes: v.record(v.string(), v.array(positive)) });
export type SignatureDraft = v.InferOutput<typeof signatureDraft>;

const decodingDraft = v.object({ choice: v.string(), labels: v.nullable(v.object({ name: v.string(), list: v.array(v.string()) })) });
export type DecodingDraft = v.InferOutput<typeof decodingDraft>;

/** By signature and input: the output that it is fed, null for none. */
const stateDraft = v.object({ fed: v.record(v.string(), v.record(v.string(), v.nullable(v.string()))), anew: v.boolean() });
export type StateDraft = v.InferOutput<typeof stateDraft>;

/** What belongs to one model: its inputs by signature and place. */
export const modelDraft = v.object({ signature: signatureDraft, decoding: decodingDraft, inputs: v.array(v.array(inputDraft)), state: v.optional(stateDraft, { fed: {}, anew: false }) });
export type ModelDraft = v.InferOutput<typeof modelDraft>;
