import * as v from 'valibot';
import { errorCodes, type ErrorCode, type SerializedError } from '../errors';
import { count, finite, milliseconds, name, sha256, text, webAddress, type Immutable } from './values';

export const environmentSchema = v.strictObject({
  user_agent: text,
  /** Name and version as the browser itself says them; null where only the user agent tells. */
  browser: v.nullable(v.strictObject({ name, version: name })),
  platform: name,
  cores: count,
  /** GiB as the browser rounds it; null where it does not say. */
  device_memory_gb: v.nullable(finite),
  isolated: v.boolean(),
  simd: v.boolean(),
  relaxed_simd: v.boolean(),
  /** Vendor and architecture of the WebGPU adapter; null where there is none. */
  gpu_adapter: v.nullable(name),
});

export const modelIdentitySchema = v.strictObject({
  name,
  sha256,
  bytes: count,
  /** Where it was opened from, if others may open it there too. */
  url: v.exactOptional(webAddress),
});

const accelerator = name;

export const measuredConfigurationSchema = v.strictObject({
  runtime: name,
  accelerator,
  threads: count,
  /** The WASM build: `simd-threaded`, `relaxed-simd`, … */
  variant: name,
  /** npm version of the runtime's package. */
  version: name,
  fullyAccelerated: v.nullable(v.boolean()),
  /**
   * Layers whose packed float weights have unused lanes: how many there are, in how many those held anything and were
   * cleared, with how many denormal floats, and how many layers may have such lanes and were not found.
   */
  padding: v.exactOptional(v.strictObject({ layers: count, cleaned: count, denormals: count, notFound: count })),
});

/** A report may come from a version that knows more errors; its title, details and hint are there all the same. */
const errorCode = v.fallback(v.picklist(errorCodes as [ErrorCode, ...ErrorCode[]]), 'INTERNAL');

export const reportedErrorSchema: v.GenericSchema<unknown, SerializedError> = v.strictObject({
  code: errorCode,
  title: text,
  hint: text,
  details: v.pipe(v.string(), v.maxLength(20_000)),
  place: v.exactOptional(text),
  attempts: v.exactOptional(v.pipe(v.array(v.lazy(() => reportedErrorSchema)), v.maxLength(20))),
});

export const refusedConfigurationSchema = v.strictObject({
  configuration: v.object({ runtime: name, accelerator, threads: count }),
  error: reportedErrorSchema,
});

/** A doubt about figures: a stable code and one sentence with its own figures. */
export const warningSchema = v.strictObject({
  code: v.picklist([
    'DRIFT', 'NO_STEADY_STATE', 'OUTLIERS', 'MACHINE_CHANGED_SPEED', 'HIDDEN_TAB', 'THROTTLED', 'BATTERY_SAVER',
    'COARSE_TIMER', 'DEVTOOLS_OPEN', 'DENORMAL_WEIGHTS',
  ]),
  text,
  cost_ms: v.nullable(milliseconds),
});

/** Where a report was measured. */
export type Environment = Immutable<v.InferOutput<typeof environmentSchema>>;

export type ModelIdentity = Immutable<v.InferOutput<typeof modelIdentitySchema>>;

/** What ran: the words of the engine's configuration, which lies in a layer above. */
export type MeasuredConfiguration = Immutable<v.InferOutput<typeof measuredConfigurationSchema>>;

/** What was asked for or tried before, and why it did not run. */
export type RefusedConfiguration = Immutable<v.InferOutput<typeof refusedConfigurationSchema>>;

export type Warning = Immutable<v.InferOutput<typeof warningSchema>>;
