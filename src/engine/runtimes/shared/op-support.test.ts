import { describe, expect, it } from 'vitest';
import { runtimeVersions } from '../../../../scripts/vite/runtime-assets';
import { builtinOperators } from '../../../tflite/format/schema/operators';
import type { OpUse } from '../../../tflite/analysis/summary';
import { summarize } from '../../../tflite/analysis/summarize';
import { fixtureModel, galleryModel, galleryModels, hasFixtures } from '../../../tflite/testing/models';
import { openModel } from '../../../tflite/format/verify/verify';
import { supportedOps } from '../worker/tfjs-kernels/op-table';
import type { RuntimeName } from '../../configuration/shared/configuration';
import { errorOf } from '../../../threads/testing/errors';
import { publishedVersions } from '../../testing/published-versions';
import { summaryOf } from '../../testing/summary';
import { assertOpsSupported } from './op-support';
import measured from './op-support.json';

const runtimes = ['tfjs-tflite', 'litert', 'tfjs-kernels'] as const;
const use = (name: string, version: number, more: Partial<OpUse> = {}): OpUse => ({ name, custom: false, count: 1, version, firstPlace: 'subgraph 0, op 0', ...more });

function refusal(runtime: RuntimeName, ...ops: readonly OpUse[]): readonly (string | undefined)[] {
  const error = errorOf(() => { assertOpsSupported(runtime, summaryOf({ ops })); });
  return [error.code, error.details, error.place];
}

describe('op-support.json', () => {
  // An update of a package may add ops or take them away: measure again with `npx tsx scripts/measure-op-support.ts`.
  it.each(runtimes)('was measured on the installed version of %s', (runtime) => {
    expect(measured[runtime].version).toBe(runtimeVersions[runtime]);
  });

  it.each(runtimes)('names ops of %s as the schema does, with versions from 1', (runtime) => {
    const entries = Object.entries(measured[runtime].builtins);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([name]) => !(builtinOperators as readonly string[]).includes(name))).toEqual([]);
    expect(entries.filter(([, version]) => !Number.isInteger(version) || version < 1)).toEqual([]);
  });
});

/** LiteRT's own list, from its source: version and ops. */
const published = Object.entries(publishedVersions).flatMap(([version, names]) => names.map((name) => [name, Number(version)] as const));

describe('what was measured, beside what LiteRT publishes', () => {
  // An op that is known from version 2 on was once taken for none.
  it.each(['litert', 'tfjs-kernels'] as const)('has each op of %s at least up to the version that is published', (runtime) => {
    const builtins: Readonly<Record<string, number>> = measured[runtime].builtins;
    const own: readonly string[] = supportedOps.builtins;
    const expected = published.filter(([name]) => runtime === 'litert' || own.includes(name));
    expect(expected.filter(([name, version]) => (builtins[name] ?? 0) < version)).toEqual([]);
  });

  it('has no version of tfjs-kernels that is more than two ahead of what is published', () => {
    const known: Readonly<Record<string, number>> = Object.fromEntries(published);
    expect(Object.entries(measured['tfjs-kernels'].builtins).filter(([name, version]) => version > (known[name] ?? 0) + 2)).toEqual([]);
  });
});

describe('tfjs-kernels in op-support.json', () => {
  it('gave the right values for every op of its table when it was measured', () => {
    expect(measured['tfjs-kernels'].customs).toEqual(supportedOps.customs);
    expect(Object.keys(measured['tfjs-kernels'].builtins).sort()).toEqual([...supportedOps.builtins].sort());
  });
});

describe('assertOpsSupported', () => {
  it('lets pass what there is, up to its highest version', () => {
    expect(assertOpsSupported('tfjs-tflite', summaryOf({ ops: [use('ADD', 1), use('FULLY_CONNECTED', 9), use('LSTM', 4)] }))).toBeUndefined();
    expect(assertOpsSupported('litert', summaryOf({ ops: [use('FULLY_CONNECTED', 14), use('Convolution2DTransposeBias', 1, { custom: true })] }))).toBeUndefined();
  });

  // The converter writes no other version of it.
  it.each(runtimes)('lets %s broadcast', (runtime) => {
    expect(assertOpsSupported(runtime, summaryOf({ ops: [use('BROADCAST_TO', 2)] }))).toBeUndefined();
  });

  it('names an unknown custom op with its place', () => {
    expect(refusal('litert', use('ADD', 1), use('MyOp', 1, { custom: true, firstPlace: 'subgraph 0, op 7' }))).toEqual([
      'UNSUPPORTED_OP', 'litert lacks custom op MyOp.', 'subgraph 0, op 7, MyOp',
    ]);
  });

  it('does not take a custom op for the builtin op of its name, nor the other way round', () => {
    expect(refusal('litert', use('ADD', 1, { custom: true }))[1]).toBe('litert lacks custom op ADD.');
    expect(refusal('litert', use('Mfcc', 1))[1]).toBe('litert lacks Mfcc.');
  });

  it('names a version that is too high and what there is', () => {
    expect(refusal('tfjs-tflite', use('FULLY_CONNECTED', 10, { firstPlace: 'subgraph 1, op 3' }))).toEqual([
      'UNSUPPORTED_OP', 'tfjs-tflite lacks FULLY_CONNECTED version 10 (it has up to 9).', 'subgraph 1, op 3, FULLY_CONNECTED',
    ]);
  });

  it('names everything that is missing and the place of the first', () => {
    expect(refusal('tfjs-tflite', use('STABLEHLO_CASE', 1, { firstPlace: 'subgraph 0, op 2' }), use('ADD', 99), use('X', 1, { custom: true }))).toEqual([
      'UNSUPPORTED_OP', 'tfjs-tflite lacks STABLEHLO_CASE, ADD version 99 (it has up to 4), custom op X.', 'subgraph 0, op 2, STABLEHLO_CASE',
    ]);
  });

  const summaryOfFile = (bytes: Uint8Array) => summarize(openModel(bytes));

  it.each(galleryModels)('agrees with what runs %s', (file) => {
    const summary = summaryOfFile(galleryModel(file));
    expect(assertOpsSupported('litert', summary)).toBeUndefined();
    if (file.startsWith('selfie_segmentation/')) {
      const error = errorOf(() => { assertOpsSupported('tfjs-tflite', summary); });
      expect([error.code, error.details]).toEqual(['UNSUPPORTED_OP', 'tfjs-tflite lacks custom op Convolution2DTransposeBias.']);
      expect(error.place).toMatch(/^subgraph 0, op \d+, Convolution2DTransposeBias$/);
    } else {
      expect(assertOpsSupported('tfjs-tflite', summary)).toBeUndefined();
    }
  });

  it.skipIf(!hasFixtures).each(runtimes)('refuses unknown_custom_op.tflite on %s', (runtime) => {
    expect(errorOf(() => { assertOpsSupported(runtime, summaryOfFile(fixtureModel('unknown_custom_op.tflite'))); }).code).toBe('UNSUPPORTED_OP');
  });
});
