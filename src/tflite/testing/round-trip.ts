import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Model } from '../format/model';

/**
 * A model without what writing may change: the file itself and where in it data lie. Bytes become their hash, for
 * test runners compare arrays element by element.
 */
export function meaningOf(model: Model): unknown {
  return hashed({ ...model, bytes: null, buffers: model.buffers.map(({ position, ...buffer }) => ({ ...buffer, stored: position !== null })) });
}

function hashed(value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.length} bytes ${createHash('sha1').update(value).digest('hex')}`;
  if (Array.isArray(value)) return value.map(hashed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, content]: [string, unknown]) => [key, hashed(content)]));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Far faster than a matcher's comparison of typed arrays. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
