import * as v from 'valibot';
import { report as wording } from '../messages/report';

/** As a schema infers it, but nothing in it may be changed. */
export type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

/** Reports come from links of strangers: every text and list has a limit. */
export const text = v.pipe(v.string(), v.maxLength(1000));
export const name = v.pipe(v.string(), v.maxLength(300));
/** Far beyond whatever is measured: arithmetic with such numbers, and drawing them, stays finite. */
const utmost = 1e15;
export const finite = v.pipe(v.number(), v.finite(), v.minValue(-utmost), v.maxValue(utmost));
export const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(utmost));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(utmost));
/** Threads of one computation: a chart has a place for each. */
export const threadCount = v.pipe(count, v.maxValue(4096));
export const samples = v.pipe(v.array(milliseconds), v.maxLength(200_000));
export const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, () => wording.mustBeDigest));

/** A confidence interval of 95 % unless it is said otherwise, lower end first. */
export const interval = v.pipe(v.strictTuple([finite, finite]), v.check(([low, high]) => low <= high, () => wording.mustBeginLow));

/** Of a model that anybody may fetch: no key hides in it, neither as a password nor as a parameter. */
export const webAddress = v.pipe(v.string(), v.maxLength(1000), v.url(), v.regex(/^https?:\/\/[^@?#]+$/, () => wording.mustBeAddress));
