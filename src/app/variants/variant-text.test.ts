import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../errors';
import { errorMetrics } from '../../quantize/metrics';
import { acceptances, judge } from '../../studies/variants/page/prove';
import type { RuntimeProof } from '../../studies/variants/page/runtime-proof';
import { estimateText, fidelityTexts, speedText, verdictTitle } from '../../wording/variant-text';

const out = { name: 'out', metrics: errorMetrics([100], [101]), histogram: { from: 0, to: 0, counts: [] }, constant: false, flagged: false };
const row: RuntimeProof = { runtime: 'litert', error: null, reference: 'litert', lost: false, outputs: [out], task: { agreement: null, decodeError: null }, before_ms: 2, after_ms: 62, time_ratio: { ratio: 31.2, interval: [30, 33] } };
const quick: RuntimeProof = { ...row, runtime: 'tfjs-tflite', time_ratio: { ratio: 0.5, interval: [0.49, 0.52] } };
const gone: RuntimeProof = { ...row, error: new LitescopeError('UNSUPPORTED_OP').serialize(), lost: true, outputs: [], before_ms: null, after_ms: null, time_ratio: null };

function proof(runtimes: readonly RuntimeProof[], bytes = 50) {
  return { samples: 1, runtimes, ...judge(runtimes, { bytes, original_bytes: 100 }, acceptances.rounding) };
}

describe('verdictTitle', () => {
  it.each([
    [[quick], 50, 'Good'],
    [[quick, row], 50, 'Right, but slower on litert'],
    [[row], 200, 'Right, but slower on litert and larger'],
    [[quick, gone], 50, 'Right, but refused by litert'],
    [[{ ...quick, outputs: [{ ...out, metrics: errorMetrics([100], [105]) }] }], 50, 'Usable'],
    [[{ ...quick, outputs: [{ ...out, metrics: errorMetrics([100], [120]) }] }], 50, 'Doubtful'],
    [[{ ...quick, outputs: [{ ...out, metrics: errorMetrics([100], [200]) }] }], 50, 'Wrong'],
    [[gone], 50, 'Unproven'],
  ] as const)('of %# says %3$s', (runtimes, bytes, title) => {
    expect(verdictTitle(proof(runtimes, bytes))).toBe(title);
  });
});

describe('speedText', () => {
  it('says how many times the original’s time it takes, or why nobody knows', () => {
    expect(proof([quick, row, gone]).verdicts.speed.runtimes.map(speedText)).toEqual([
      'tfjs-tflite: 0.50 times the original’s time (0.49 to 0.52)', 'litert: 31.2 times the original’s time (30.0 to 33.0)', 'litert: the variant does not run there',
    ]);
  });
});

describe('fidelityTexts', () => {
  it('says what decibels mean, and what was found in its own words', () => {
    const { verdicts, runtimes } = proof([quick]);
    expect(fidelityTexts(verdicts.fidelity, runtimes)).toEqual(['tfjs-tflite: the output that is furthest off has 40.0 dB: values are off by 1.0 % of their size.']);
    const found = proof([{ ...quick, task: { agreement: { kind: 'mask', samples: 4, mean_iou: 0.95, least_iou: 0.9 }, decodeError: null } }]);
    expect(fidelityTexts(found.verdicts.fidelity, found.runtimes)).toEqual(['tfjs-tflite: Mask IoU 0.950 in the mean of 4 inputs, 0.900 at worst.']);
  });
});

describe('estimateText', () => {
  const estimate = { original_bytes: 2_071_408, bytes: 1_222_776, weighted: 51, changed: 51, reasons: [] };

  it('promises what this file has to give', () => {
    expect(estimateText(estimate)).toBe('About 1.22 MB, 0.59 × this file’s 2.07 MB: the weights of 51 ops would change.');
    expect(estimateText({ ...estimate, changed: 50, reasons: [{ reason: 'its bias is computed', ops: 1 }] })).toContain('the weights of 50 ops would change, those of 1 not: its bias is computed.');
    expect(estimateText({ ...estimate, bytes: 2_071_408, changed: 0, reasons: [{ reason: 'its weights are int8', ops: 51 }] })).toBe('It would stay about as large as it is: none of its 51 ops with weights would change: its weights are int8.');
    expect(estimateText({ ...estimate, weighted: 0, changed: 0 })).toBe('No op of this model has weights that could be stored smaller.');
  });
});
