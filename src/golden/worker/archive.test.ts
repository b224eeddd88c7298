import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { errorOf } from '../../threads/testing/errors';
import { runOf } from '../testing/runs';
import { packRun, unpackRun } from './archive';

const floats = (...values: number[]): ArrayBuffer => Float32Array.from(values).buffer;
const run = runOf(
  [{ dtype: 'float32', shape: [1, 2], data: floats(1, 2) }, { dtype: 'int8', shape: [3], quantization: { scale: [0.5], zeroPoint: [-1], dimension: 0 }, data: Int8Array.of(1, -2, 3).buffer }],
  [{ name: 'scores/with: odd “name”', dtype: 'float32', shape: [1, 3], data: floats(0.5, NaN, -Infinity) }],
);
const packed = packRun(run);

/** The archive with one of its files changed, or without it. */
function changed(name: string, change: (bytes: Uint8Array) => Uint8Array | null, level: 0 | 9 = 0): Uint8Array {
  const files = unzipSync(packed);
  const made = change(files[name] ?? new Uint8Array(0));
  return zipSync(Object.fromEntries(Object.entries(files).flatMap(([each, bytes]) => (each !== name ? [[each, bytes]] : made === null ? [] : [[each, made]]))), { level });
}

const withAbout = (change: (about: Record<string, unknown>) => void): Uint8Array => changed('run.json', (bytes) => {
  const about = JSON.parse(strFromU8(bytes)) as Record<string, unknown>;
  change(about);
  return strToU8(JSON.stringify(about));
});

describe('a saved run', () => {
  it('comes back as it was, also when it was packed again by another tool', () => {
    for (const bytes of [packed, zipSync(unzipSync(packed), { level: 9 })]) {
      const { about, inputs, outputs } = unpackRun(bytes);
      expect([about.model, about.configuration, about.environment]).toEqual([run.about.model, run.about.configuration, run.about.environment]);
      expect(inputs.map(({ name, dtype, shape, quantization }) => ({ name, dtype, shape, quantization }))).toEqual(run.inputs.map(({ tensor: { name, dtype, shape, quantization } }) => ({ name, dtype, shape, quantization })));
      expect([...inputs, ...outputs].map(({ data }) => [...new Uint8Array(data)])).toEqual([...run.inputs.map(({ tensor }) => tensor), ...run.outputs].map(({ data }) => [...new Uint8Array(data)]));
      expect(outputs[0]?.name).toBe('scores/with: odd “name”');
    }
  });

  it('begins with what it is, and has its listings', () => {
    expect(strFromU8(packed.subarray(30, 38))).toBe('run.json');
    expect(Object.keys(unzipSync(packed))).toEqual(['run.json', 'inputs/0.npy', 'inputs/1.npy', 'outputs/0.npy', 'preprocess.py', 'preprocess.mjs', 'Preprocess.kt']);
  });

  it.each([
    ['no archive', strToU8('nothing'), 'It is no zip archive, or a damaged one.'],
    ['another archive', zipSync({ 'model.tflite': new Uint8Array(9) }), 'run.json is not in it.'],
    ['JSON of something else', withAbout((about) => { about['format'] = 'recipe'; }), 'Its run.json is of something else.'],
    ['no JSON', changed('run.json', () => strToU8('{')), 'run.json in it is no JSON.'],
    ['a field that is wrong', withAbout((about) => { about['model'] = { name: 'x', sha256: 'short', bytes: 1 }; }), 'model.sha256 in its run.json is not what it should be.'],
    ['a missing tensor', changed('outputs/0.npy', () => null), 'outputs/0.npy is not in it.'],
    ['a damaged tensor', changed('outputs/0.npy', (bytes) => bytes.subarray(0, -1)), 'outputs/0.npy in it is damaged: float32[1, 3] needs 12 bytes, the file has 11.'],
    ['another tensor', changed('inputs/0.npy', () => unzipSync(packed)['inputs/1.npy'] ?? null), 'inputs/0.npy holds int8[3], and run.json says float32[1, 2].'],
  ])('%s is refused', (_, bytes, details) => {
    const error = errorOf(() => unpackRun(bytes));
    expect([error.code, error.details]).toEqual(['INVALID_RUN', details]);
  });

  it('of a later version is told from a damaged one', () => {
    const error = errorOf(() => unpackRun(withAbout((about) => { about['version'] = 2; about['later'] = true; })));
    expect([error.code, error.details]).toEqual(['NEWER_RUN', 'It is of version 2, and this Litescope knows version 1.']);
  });

  it('that was damaged anywhere opens as it was, or is refused by a typed error', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = packed.slice();
      damaged[at] = (damaged[at] ?? 0) ^ change;
      try {
        unpackRun(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(LitescopeError);
      }
    }), { numRuns: 300 });
  });
});
