/** What the API's methods take, as schemas. The types beside which they stand hold their keys to be the same. */
import * as v from 'valibot';
import type { CompareLayersOptions } from '../studies/accuracy/page/compare-layers';
import type { ComparisonSettings } from '../studies/accuracy/page/compare-outputs';
import { soundPreparationSchema } from '../audio/shared/schemas';
import type { GivenSample } from './samples';
import type { FedBack } from '../engine/session/shared/state';
import type { Tolerance } from '../studies/cross-check/shared/differences';
import type { CallOptions } from '../threads/shared/methods';
import type { DirtyHeap } from '../engine/runtimes/shared/types';
import type { Input, TokenizerSource } from '../engine/session/shared/protocol';
import type { ProducedConfiguration } from '../engine/configuration/shared/configuration';
import type { Acceptance } from '../studies/variants/page/runtime-proof';
import type { Rewriting } from '../studies/variants/shared/protocol';
import type { SessionOptions } from '../engine/session/page/session';
import type { SoundSettings } from '../engine/stream/shared/sound';
import type { StreamSettings } from '../engine/stream/shared/types';
import { tokenizerKinds } from '../text/tokenizer';
import { type Recipe, type RecipeName, type RecipeRule, recipes } from '../quantize/recipe';
import { type BenchmarkPlan, benchmarkPlanSchema } from '../report/benchmark';
import type { ComparisonPlan } from '../report/comparison';
import type { EdgeTypes } from '../rewrite/edge-types';
import type { MetadataEdits, TensorEdit } from '../rewrite/edit-metadata';
import type { Slice } from '../rewrite/slice';
import { drawingStyleSchema } from '../vision/drawing/shared/drawing-style';
import type { CameraOptions } from '../vision/sources/page/camera';
import type { VideoOptions } from '../vision/sources/page/video';
import { api as text } from '../messages/api';
import { decoderSchema, preprocessingSchema } from '../vision/shared/schemas';
import { kindOf, objectOf, type SchemasOf } from './check';
import type { BenchmarkOptions, BenchmarkRow, Litescope, OpenOptions, ProfileOptions, QuantizeOptions, ReplayOptions, RunOptions, SaveOptions, SoundOptions, StreamOptions, VariantOptions } from './types';
import type { Progress } from '../studies/progress';

const real = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(whole, v.minValue(0));
const positive = v.pipe(whole, v.minValue(1));
const optionalText = v.optional(v.string());
const optionalReal = v.optional(real);
const optionalFlag = v.optional(v.boolean());
const blob = kindOf('Blob', 'File');

export const id = v.string();
export const ids = v.array(id);
/** More of them than any device has would only fill its memory. */
export const threadCounts = v.optional(v.array(v.pipe(positive, v.maxValue(4096))));

const call: SchemasOf<CallOptions<Progress>> = {
  signal: v.optional(kindOf('AbortSignal')),
  onProgress: v.optional(v.function()),
  watchdog_ms: v.optional(v.pipe(v.number(), v.minValue(0))),
};

/** What sizes fit a model, the engine says. */
const shapes = v.optional(v.record(v.string(), v.array(v.number())));

const feedback = v.array(objectOf<FedBack>()({ output: v.string(), input: v.string() }));

const session: SchemasOf<SessionOptions> = {
  signature: optionalText,
  shapes,
  feedback: v.optional(feedback),
  dirtyHeap: v.optional(objectOf<DirtyHeap>()({ filled_bytes: count, leavePadding: v.boolean() })),
};

/** Where what is fed back may follow from names. */
const askedFeedback = v.optional(v.lazy((given) => (given === 'auto' ? v.literal('auto') : feedback)));

const runtime = v.picklist(['tfjs-tflite', 'litert', 'tfjs-kernels', 'compiled']);
const accelerator = v.picklist(['wasm', 'webgpu', 'webnn', 'cpu']);

/** What ran may be asked for again as it is told: what it says besides is nothing to choose. */
const told: SchemasOf<Omit<ProducedConfiguration, 'runtime' | 'accelerator' | 'threads'>> = {
  variant: v.optional(v.unknown()), version: v.optional(v.unknown()), fullyAccelerated: v.optional(v.unknown()), padding: v.optional(v.unknown()),
};
const open = {
  runtime: v.optional(v.union([v.literal('auto'), runtime])),
  accelerator: v.optional(v.union([v.literal('auto'), accelerator])),
};
const requested = objectOf<ProducedConfiguration>()({ ...told, ...open, threads: v.optional(v.union([v.literal('auto'), positive])) });

export const configuration = v.optional(requested);
export const configurations = v.array(requested);
export const configurationsWithoutThreads = v.array(objectOf<Omit<ProducedConfiguration, 'threads'>>()({ ...told, ...open }));
export const wholeConfiguration = objectOf<ProducedConfiguration>()({ ...told, runtime, accelerator, threads: positive });

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>;

const tokenizer = objectOf<TokenizerSource>()({ kind: v.optional(v.picklist(tokenizerKinds)), vocabulary: blob, inflated_bytes: v.optional(count), pattern: optionalText });

const input = v.variant('kind', [
  objectOf<Required<InputOf<'image'>>>()({ kind: v.literal('image'), image: blob, preprocessing: v.optional(preprocessingSchema) }),
  objectOf<Required<InputOf<'audio'>>>()({ kind: v.literal('audio'), clip: blob, start_s: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))), preparation: v.optional(soundPreparationSchema) }),
  objectOf<InputOf<'random'>>()({ kind: v.literal('random'), seed: real, min: real, max: real }),
  objectOf<InputOf<'zeros'>>()({ kind: v.literal('zeros') }),
  objectOf<InputOf<'values'>>()({ kind: v.literal('values'), values: v.array(real) }),
  objectOf<InputOf<'text'>>()({ kind: v.literal('text'), text: v.union([v.string(), v.array(v.string())]), tokenizer: v.optional(tokenizer) }),
  objectOf<InputOf<'file'>>()({ kind: v.literal('file'), file: blob, format: v.picklist(['npy', 'raw']) }),
  objectOf<InputOf<'sequence'>>()({ kind: v.literal('sequence'), file: blob }),
]);
const record = v.record(v.string(), input);

export const inputs = v.optional(record);
export const listOfInputs = v.optional(v.array(record));
export const inputsOfModels = v.optional(v.lazy((given) => (v.is(kindOf('Map'), given) ? v.map(id, record) : record)));
export const samples = v.optional(v.array(objectOf<GivenSample>()({ inputs: record, name: optionalText, label: optionalText })));

const decoding: SchemasOf<Pick<BenchmarkOptions, 'decoder' | 'labels'>> = { decoder: v.optional(decoderSchema), labels: v.optional(v.array(v.string())) };

const run: SchemasOf<Omit<BenchmarkOptions, 'onResult' | 'comparison' | 'slowedBy' | 'keepSessions'>> = {
  ...call, ...session, ...decoding,
  tensors: v.optional(v.union([v.literal('all'), v.array(count)])),
  fallback: optionalFlag,
};

export const plan = v.optional(objectOf<BenchmarkPlan>()({
  warmup_runs: v.optional(benchmarkPlanSchema.entries.warmup_runs),
  warmup_min_secs: v.optional(benchmarkPlanSchema.entries.warmup_min_secs),
  num_runs: v.optional(benchmarkPlanSchema.entries.num_runs),
  min_secs: v.optional(benchmarkPlanSchema.entries.min_secs),
  max_secs: v.optional(benchmarkPlanSchema.entries.max_secs),
}));

export const callOptions = v.optional(objectOf<CallOptions<Progress>>()(call));
export const openOptions = v.optional(objectOf<OpenOptions>()({ ...call, name: optionalText, sha256: optionalText, member: optionalText, madeFrom: optionalText, runOn: configuration }));
export const runOptions = v.optional(objectOf<RunOptions>()({
  ...run, feedback: askedFeedback, reset: optionalFlag, keepInputs: optionalFlag,
  decoder: v.optional(v.lazy((given) => (given === 'auto' ? v.literal('auto') : decoderSchema))),
}));
/** What saving takes for granted of a run. */
export const finishedRun = v.looseObject({ configuration: v.looseObject({}), outputs: v.array(v.looseObject({})), inputs: v.optional(v.array(v.looseObject({}))) });
export const saveOptions = v.optional(objectOf<SaveOptions>()({ signature: optionalText, feedback: v.optional(feedback), signal: call.signal }));
export const replayOptions = v.optional(objectOf<ReplayOptions>()({ ...call, fallback: optionalFlag }));
export const profileOptions = v.optional(objectOf<ProfileOptions>()({ ...call, ...session, method: v.optional(v.literal('slicing')), plan, fallback: optionalFlag }));
export const unfoldingOptions = v.optional(objectOf<CallOptions<Progress> & SessionOptions>()({ ...call, ...session }));

export const rows = v.array(objectOf<BenchmarkRow>()({ id, configuration: requested, inputs }));
export const benchmarkOptions = v.optional(objectOf<BenchmarkOptions>()({
  ...run,
  onResult: v.optional(v.function()),
  comparison: v.optional(objectOf<ComparisonPlan>()({ seed: v.optional(count), rounds: v.optional(positive), confidence: v.optional(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))) })),
  slowedBy: v.optional(v.array(real)),
  keepSessions: optionalFlag,
}));

export const crossCheckOptions = v.optional(objectOf<NonNullable<Parameters<Litescope['crossCheck']>[2]>>()({
  ...call,
  shapes,
  copies: v.optional(objectOf<Record<'tfjs-tflite' | 'litert' | 'tfjs-kernels', string>>()({ 'tfjs-tflite': optionalText, litert: optionalText, 'tfjs-kernels': optionalText })),
  tolerance: v.optional(objectOf<Tolerance>()({ relative: optionalReal, share_off: optionalReal })),
}));
export const comparisonSettings = v.optional(objectOf<ComparisonSettings>()({ ...call, ...session, ...decoding, flag_mse: optionalReal, results: optionalFlag, fallback: optionalFlag }));
export const layersOptions = v.optional(objectOf<CompareLayersOptions>()({ ...call, shapes }));
export const twoIds = v.strictTuple([id, id]);

const edge = v.picklist(['float32', 'uint8', 'int8']);
const tensorEdits = v.optional(v.array(objectOf<TensorEdit>()({
  index: count,
  name: optionalText,
  description: optionalText,
  normalisation: v.optional(objectOf<NonNullable<TensorEdit['normalisation']>>()({ mean: v.array(v.number()), std: v.array(v.number()) })),
  labels: v.optional(v.array(v.string())),
})));
export const rewriting = objectOf<Rewriting>()({
  part: v.optional(objectOf<Slice>()({ subgraph: count, inputs: v.optional(v.array(whole)), outputs: v.array(whole) })),
  passes: v.optional(v.array(v.string())),
  edges: v.optional(objectOf<EdgeTypes>()({ inputs: v.optional(edge), outputs: v.optional(edge) })),
  metadata: v.optional(objectOf<MetadataEdits>()({
    name: optionalText, description: optionalText, version: optionalText, author: optionalText, license: optionalText, inputs: tensorEdits, outputs: tensorEdits,
  })),
});

const variant: SchemasOf<VariantOptions> = {
  ...call,
  name: optionalText,
  acceptance: v.optional(objectOf<Acceptance>()({ least_sqnr_db: optionalReal, usable_sqnr_db: optionalReal, good_sqnr_db: optionalReal, flag_mse: optionalReal })),
  reference: v.optional(runtime),
  ...decoding,
  prove: optionalFlag,
};
export const variantOptions = v.optional(objectOf<VariantOptions>()(variant));
export const quantizeOptions = v.optional(objectOf<QuantizeOptions>()({ ...variant, least_sqnr_db: optionalReal, heldOut: listOfInputs }));

type SchemeOf<Kind extends RecipeRule['scheme']['kind']> = Extract<RecipeRule['scheme'], { readonly kind: Kind }>;

const granularity = v.picklist(['channel', 'tensor']);
const scheme = v.variant('kind', [
  objectOf<SchemeOf<'float'>>()({ kind: v.literal('float') }),
  objectOf<SchemeOf<'float16'>>()({ kind: v.literal('float16') }),
  objectOf<SchemeOf<'weights'>>()({ kind: v.literal('weights'), granularity }),
  objectOf<SchemeOf<'dynamic'>>()({ kind: v.literal('dynamic'), granularity }),
  objectOf<SchemeOf<'static'>>()({ kind: v.literal('static'), bits: v.picklist([8, 16]), granularity }),
]);
const range = v.variant('kind', [
  objectOf<Recipe['range'] & { readonly kind: 'min-max' }>()({ kind: v.literal('min-max') }),
  objectOf<Recipe['range'] & { readonly kind: 'moving-average' }>()({ kind: v.literal('moving-average') }),
  objectOf<Extract<Recipe['range'], { readonly kind: 'percentile' }>>()({ kind: v.literal('percentile'), percentile: v.pipe(v.number(), v.gtValue(50), v.maxValue(100)) }),
  objectOf<Recipe['range'] & { readonly kind: 'mse' }>()({ kind: v.literal('mse') }),
]);
const ownRecipe = objectOf<Recipe>()({
  rules: v.array(objectOf<RecipeRule>()({ scope: v.pipe(v.string(), v.check(isRegularExpression, () => text.regularExpression)), operation: v.string(), scheme })),
  inputs: edge,
  outputs: edge,
  range,
  equalise: v.boolean(),
  correctBias: v.boolean(),
  floatTail: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});
export const recipe = v.lazy((given) => (typeof given === 'object' ? ownRecipe : v.picklist(Object.keys(recipes) as RecipeName[])));

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

const settings = objectOf<StreamSettings>()({
  ...decoding,
  input: optionalText,
  preprocessing: v.optional(preprocessingSchema),
  smoothing: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1))),
  drawing: v.optional(drawingStyleSchema),
  preview: optionalFlag,
});
export const streamOptions = v.optional(objectOf<StreamOptions>()({ ...call, ...session, feedback: askedFeedback, settings: v.optional(settings), detector: optionalText, cap_fps: v.nullish(v.pipe(v.number(), v.gtValue(0))), fallback: optionalFlag }));

const heardBy = objectOf<Partial<SoundSettings>>()({ input: optionalText, preparation: v.optional(soundPreparationSchema), decoder: v.optional(decoderSchema), labels: v.optional(v.array(v.string())) });
export const soundOptions = v.optional(objectOf<SoundOptions>()({ ...call, ...session, feedback: askedFeedback, settings: v.optional(heardBy), fallback: optionalFlag }));

export const file = blob;
export const name = v.string();
export const listener = v.function();
export const parts = positive;
/** What numbers a source can have, the source says: it knows the device. */
const anyNumber = v.optional(v.union([v.number(), v.nan()]));
export const frameRate = anyNumber;
const way = v.optional(v.picklist(['track-processor', 'video-callback', 'timer']));
export const wayOptions = v.optional(objectOf<VideoOptions>()({ way }));
export const cameraOptions = v.optional(objectOf<CameraOptions>()({ way, deviceId: optionalText, width: anyNumber, height: anyNumber, frameRate: anyNumber, facing: v.optional(v.picklist(['user', 'environment'])) }));

/** What the worker that writes links takes for granted. */
export const report = v.looseObject({ schema: v.literal(1), plan: v.looseObject({}), results: v.array(v.looseObject({})) });
export const modelSource = kindOf('String', 'URL', 'Blob', 'File', 'ArrayBuffer', 'Uint8Array');

