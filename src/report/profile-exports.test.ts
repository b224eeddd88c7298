import { describe, expect, it } from 'vitest';
import type { OpProfile, OpTime } from './op-profile';
import { profileCsv, profileText, profileTrace } from './profile-exports';
import { kindRows, profileRows } from './profile-figures';

const timed = { fate: { kind: 'timed' }, interval_ms: null, accelerated: true, macs: null, bytes: null, times_called: 1, kernel: null } as const;
const ops: readonly OpTime[] = [
  { ...timed, op: 0, kind: 'CONV_2D', name: 'a/conv;a/bias', time_ms: 1.5, interval_ms: [1.4, 1.6], kernel: 'Convolution (NHWC, F32) IGEMM', macs: 3_000_000, bytes: 1000 },
  { ...timed, op: 1, kind: 'RELU', name: 'a/relu', fate: { kind: 'fused', into: 0 }, time_ms: 0, times_called: 0 },
  { ...timed, op: 2, kind: 'CONV_2D', name: 'b, "two"', time_ms: 2, kernel: 'Convolution (NHWC, F32) GEMM', macs: 8_000_000, bytes: 500 },
  { ...timed, op: 3, kind: 'SOFTMAX', name: '=out\nof', time_ms: 0.5, accelerated: false, macs: 0, bytes: 80 },
];
const profile: OpProfile = { method: 'profiler', runs: 20, invoke_ms: 4.1, other_ms: 0.1, subgraph: 0, ops };

describe('figures of a profile', () => {
  it('are shares of the ops’ time, adding up in the order of the rows', () => {
    expect(profileRows(profile, 'run').map(({ op, share, cumulative }) => [op, share, cumulative])).toEqual([[0, 0.375, 0.375], [1, 0, 0.375], [2, 0.5, 0.875], [3, 0.125, 1]]);
    expect(profileRows(profile, 'time').map(({ op, share, cumulative }) => [op, share, cumulative])).toEqual([[2, 0.5, 0.5], [0, 0.375, 0.875], [3, 0.125, 1], [1, 0, 1]]);
  });

  it('count a multiply-add as two operations', () => {
    expect(profileRows(profile, 'run').map(({ gflops }) => gflops)).toEqual([4, null, 8, null]);
  });

  it('by kind hold the ops that run apart from those that do not', () => {
    expect(kindRows(profile)).toEqual([
      { kind: 'CONV_2D', count: 2, timed: 2, notAccelerated: 0, time_ms: 3.5, share: 0.875, cumulative: 0.875, macs: 11_000_000, gflops: 22 / 3.5, times_called: 2 },
      { kind: 'SOFTMAX', count: 1, timed: 1, notAccelerated: 1, time_ms: 0.5, share: 0.125, cumulative: 1, macs: 0, gflops: null, times_called: 1 },
      { kind: 'RELU', count: 1, timed: 0, notAccelerated: 0, time_ms: 0, share: 0, cumulative: 1, macs: 0, gflops: null, times_called: 0 },
    ]);
  });

  it('are zeros where nothing took time', () => {
    const idle = { ...profile, ops: ops.map((op) => ({ ...op, time_ms: 0 })) };
    expect([...profileRows(idle, 'time'), ...kindRows(idle)].every(({ share, cumulative, gflops }) => share === 0 && cumulative === 0 && gflops === null)).toBe(true);
  });
});

it('a profile as CSV has a row for every op, and no cell that a spreadsheet would compute', () => {
  expect(profileCsv(profile).split('\r\n')).toEqual([
    'op,kind,name,fate,into_op,time_ms,time_low_ms,time_high_ms,share,cumulative_share,macs,gflops,bytes,times_called,accelerated,kernel',
    '0,CONV_2D,a/conv;a/bias,timed,,1.5,1.4,1.6,0.375,0.375,3000000,4,1000,1,true,"Convolution (NHWC, F32) IGEMM"',
    '1,RELU,a/relu,fused,0,0,,,0,0.375,,,,0,true,',
    '2,CONV_2D,"b, ""two""",timed,,2,,,0.5,0.875,8000000,8,500,1,true,"Convolution (NHWC, F32) GEMM"',
    '3,SOFTMAX,"\'=out\nof",timed,,0.5,,,0.125,1,0,,80,1,false,',
    '',
  ]);
});

it('a profile as text has the tables and columns of benchmark_model', () => {
  // Widths and headings as in recordings of TFLite's own summary.
  expect(profileText(profile).split('\n')).toEqual([
    '============================== Run Order ==============================',
    '\t             [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]',
    '\t                 CONV_2D\t        -\t    1.500\t 37.500%\t 37.500%\t         -\t        1\t[a/conv;a/bias]:0',
    '\t                 CONV_2D\t        -\t    2.000\t 50.000%\t 87.500%\t         -\t        1\t[b, "two"]:2',
    '\t                 SOFTMAX\t        -\t    0.500\t 12.500%\t100.000%\t         -\t        1\t[=out of]:3',
    '',
    '============================== Top by Computation Time ==============================',
    '\t             [node type]\t  [first]\t [avg ms]\t     [%]\t  [cdf%]\t  [mem KB]\t[times called]\t[Name]',
    '\t                 CONV_2D\t        -\t    2.000\t 50.000%\t 50.000%\t         -\t        1\t[b, "two"]:2',
    '\t                 CONV_2D\t        -\t    1.500\t 37.500%\t 87.500%\t         -\t        1\t[a/conv;a/bias]:0',
    '\t                 SOFTMAX\t        -\t    0.500\t 12.500%\t100.000%\t         -\t        1\t[=out of]:3',
    '',
    'Number of nodes executed: 3',
    '============================== Summary by node type ==============================',
    '\t             [Node type]\t  [count]\t  [avg ms]\t    [avg %]\t    [cdf %]\t  [mem KB]\t[times called]',
    '\t                 CONV_2D\t        2\t     3.500\t    87.500%\t    87.500%\t         -\t         2',
    '\t                 SOFTMAX\t        1\t     0.500\t    12.500%\t   100.000%\t         -\t         1',
    '',
    'Timings (microseconds): count=20 avg=4100',
    '3 nodes observed',
    '',
  ]);
});

it('a profile as text ends with by how much ops are longer than the invoke, where they are', () => {
  expect(profileText({ ...profile, invoke_ms: 3.2, other_ms: 0, excess_ms: 0.8 }).split('\n').slice(-3)).toEqual([
    '3 nodes observed', 'The ops add up to 25 % more than the invoke itself: timing each op takes time and has errors of its own, so single ops are faster than they seem.', '',
  ]);
});

it('a profile as a trace lays the ops of one invoke end to end, in microseconds', () => {
  const { displayTimeUnit, traceEvents } = JSON.parse(profileTrace(profile, 'model.tflite')) as { displayTimeUnit: string; traceEvents: { ph: string; name: string; cat?: string; ts?: number; dur?: number; args: object }[] };
  expect(displayTimeUnit).toBe('ms');
  expect(traceEvents.filter(({ ph }) => ph === 'M').map(({ name, args }) => [name, args])).toEqual([['process_name', { name: 'model.tflite' }], ['thread_name', { name: 'one invoke, mean of 20' }]]);
  expect(traceEvents.filter(({ ph }) => ph === 'X').map(({ name, cat, ts, dur }) => [name, cat, ts, dur])).toEqual([
    ['CONV_2D', 'op', 0, 1500], ['CONV_2D', 'op', 1500, 2000], ['SOFTMAX', 'op,not accelerated', 3500, 500], ['outside of ops', 'runtime', 4000, 100],
  ]);
});
