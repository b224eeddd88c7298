import type { OpTime } from '../op-profile';
import { isMeasured, type Report } from '../report';
import { madeReport } from './made-report';

const made = madeReport({ ops: 0, samples: 20 });
const [row] = made.results;
if (row === undefined || !isMeasured(row)) throw new Error('No row was made.');
/** Defaults of an op that does not run. */
const op = (index: number, more: Partial<OpTime>): OpTime => ({ op: index, kind: 'CONV_2D', name: `conv_${index}`, fate: { kind: 'timed' }, time_ms: 0, interval_ms: null, accelerated: null, kernel: null, macs: 1000 + index, bytes: 4000 + index, times_called: 0, ...more });
/** With every part that a report of schema 1 may have, as its fixture link says it. */
export const wholeReport: Report = {
  ...made,
  environment: { ...made.environment, gpu_adapter: 'nvidia ampere', relaxed_simd: false },
  results: [
    { ...row, name: 'made.tflite · litert · wasm · 1 threads', model: { ...row.model, url: 'https://models.example/made.tflite' },
      configuration: { ...row.configuration, runtime: 'litert', threads: 1, variant: 'relaxed-simd', version: '2.5.3', padding: { layers: 3, cleaned: 1, denormals: 142, notFound: 0 } },
      refusals: [{ configuration: { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, error: { code: 'UNSUPPORTED_OP', title: 'An op is not supported', hint: 'Try another runtime.', details: 'Convolution2DTransposeBias', place: 'subgraph 0, op 3' } }],
      runs_per_sample: 16, bursts: [12, 8], warnings: [{ code: 'DRIFT', text: 'Runs became slower.', cost_ms: 0.5 }],
      op_profile: { method: 'slicing', runs: 96, invoke_ms: 13.5, other_ms: 0.25, subgraph: 0, ops: [
        op(0, { time_ms: 8.125, interval_ms: [7.5, 8.75], accelerated: true, kernel: 'Convolution (NHWC, F32) IGEMM', times_called: 1 }),
        op(1, { kind: 'RELU', fate: { kind: 'fused', into: 0 }, macs: null }),
        op(2, { kind: 'DEQUANTIZE', fate: { kind: 'folded' }, bytes: null }), op(3, { kind: 'RESHAPE', fate: { kind: 'elided' } }), op(4, { kind: 'Mystery', fate: { kind: 'unknown' } }),
        op(5, { kind: 'ADD', time_ms: 5.125, times_called: 2 }),
      ] } },
    { ...row, name: 'made.tflite · litert · wasm · 2 threads', configuration: { ...row.configuration, runtime: 'litert', variant: 'relaxed-simd-threaded', version: '2.5.3' }, bursts: [10, 10],
      op_profile: { method: 'kernels', runs: 5, invoke_ms: 7, other_ms: 0, subgraph: 0, ops: [op(0, { time_ms: 7, times_called: 1 })] } },
    { name: 'made.tflite · litert · wasm · 4 threads', model: row.model, error: { code: 'INVALID_CONFIGURATION', title: 'This configuration does not exist', hint: 'Choose another.', details: 'Two cores.' } },
  ],
  comparison: { seed: 3, rounds: 11, confidence: 0.99, ratios: [{ row: 1, reference: 0, ratio: 1.001, interval: [0.98, 1.02], verdict: 'no measurable difference' }] },
  sweep: { series: [{ name: 'made.tflite · litert · wasm', points: [
    { threads: 1, row: 0, median_ms: 13.5, interval_ms: [13.25, 13.75], speedup: 1, speedup_interval: [1, 1], efficiency: 1 },
    { threads: 2, row: 1, median_ms: 7.5, interval_ms: [7.25, 7.75], speedup: 1.8, speedup_interval: [1.75, 1.875], efficiency: 0.9 }],
    amdahl: { serial_share: 0.125 }, usl: { contention: 0.0625, coherence: 0.001 }, best_threads: 2, enough_threads: 2 }] },
  calibration: { before_ms: 27.5, after_ms: 20.75, ratio: 0.7545454545454545 },
  roofline: { instruction: 'relaxed simd', peaks: [{ threads: 1, gflops: 31.5, bandwidth_gbs: 9.25 }, { threads: 2, gflops: 60, bandwidth_gbs: 12 }] },
  left_out: { samples: 7, ops: [{ row: 0, count: 3, time_ms: 0.375 }] },
};
