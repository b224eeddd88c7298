import * as v from 'valibot';
import { count, interval, milliseconds, name, type Immutable } from './values';

/** What became of an op of the model when a runtime prepared it. */
export const opFateSchema = v.variant('kind', [
  /** It runs, and its time is its own. */
  v.strictObject({ kind: v.literal('timed') }),
  /** It runs as part of op `into`, which carries the time of both. */
  v.strictObject({ kind: v.literal('fused'), into: count }),
  /** Its result was computed when the model was loaded. */
  v.strictObject({ kind: v.literal('folded') }),
  /** Nothing is left of it to run: a reshape, for example. */
  v.strictObject({ kind: v.literal('elided') }),
  /** Nothing that ran could be told to be this op; its time, if any, is among what belongs to no op. */
  v.strictObject({ kind: v.literal('unknown') }),
]);

export const opTimeSchema = v.strictObject({
  /** Index in the subgraph. */
  op: count,
  /** `CONV_2D`, or a custom op's own name. */
  kind: name,
  /** Name of its first output. */
  name,
  fate: opFateSchema,
  /** Mean wall time in one invoke; 0 for what does not run. */
  time_ms: milliseconds,
  /** Where it was measured by differences or has a spread. */
  interval_ms: v.nullable(interval),
  /** False where XNNPACK left it to the interpreter's own kernels; null where nobody says. */
  accelerated: v.nullable(v.boolean()),
  /** What ran, with the microkernel's family, as the runtime names it: `Convolution (NHWC, F32) IGEMM`. */
  kernel: v.nullable(name),
  macs: v.nullable(count),
  /** Bytes read and written, weights included. */
  bytes: v.nullable(count),
  /** How often it ran in one invoke. */
  times_called: count,
});

export const opProfileSchema = v.strictObject({
  method: v.picklist(['profiler', 'slicing', 'kernels']),
  /** Invokes that the figures come from. */
  runs: count,
  /** The profiled session's own invoke, mean over the same runs as the ops' times. */
  invoke_ms: milliseconds,
  /** What the runtime spent that belongs to no op: handing over, its own bookkeeping. */
  other_ms: milliseconds,
  /** By how much the ops are longer together than the invoke; left out where they are not. */
  excess_ms: v.exactOptional(milliseconds),
  subgraph: count,
  /** Every op of the subgraph, in run order. */
  ops: v.pipe(v.array(opTimeSchema), v.maxLength(100_000)),
});

export type OpFate = Immutable<v.InferOutput<typeof opFateSchema>>;
export type OpTime = Immutable<v.InferOutput<typeof opTimeSchema>>;
/** Where one invoke's time goes, op by op. */
export type OpProfile = Immutable<v.InferOutput<typeof opProfileSchema>>;
