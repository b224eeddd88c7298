import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProfileReadings } from './readings';
import { type ProfileRow, parseProfileSummary } from './summary-text';
import { recorded, recordedRuns, recordedText } from './testing/recorded';

const recordings = [
  ['face_detection_short_range', 1, 73], ['face_detection_full_range_sparse', 1, 117], ['hand_landmark_lite', 1, 65], ['tf2_mobilenet_v2_1.0_224_ptq', 5, 64],
  ['mobilenet_v1_0.25_128_quant', 5, 28], ['keras_lstm_mnist_ptq', 6, 1], ['micro_speech_quantized', 3, 2], ['conv_fc_mnist', 1, 6],
] as const;

describe('a profile summary', () => {
  it.each(recordings)('of %s has %i nodes of the interpreter and %i operators of XNNPACK, each run as often as the model', (name, nodes, operators) => {
    const summary = recorded(name);
    expect([summary.nodes.rows.length, summary.delegate.rows.length]).toEqual([nodes, operators]);
    for (const { rows, total_us } of [summary.nodes, summary.delegate]) {
      expect(new Set(rows.map(({ timesCalled }) => timesCalled))).toEqual(new Set([recordedRuns]));
      expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3);
      expect(total_us).toBeGreaterThan(0);
    }
  });

  it('gives names with their index apart', () => {
    const { nodes, delegate } = recorded('micro_speech_quantized');
    expect(nodes.rows.map(({ type, label, index }) => [type, label, index])).toEqual(expect.arrayContaining([['SOFTMAX', '[labels_softmax]', 3], ['TfLiteXNNPackDelegate', '[add_1]', 4]]));
    expect(delegate.rows.map(({ type, label, index }) => [type, label, index])).toContainEqual(['DelegateOpInvoke', 'Delegate/Convolution (NHWC, QC8) IGEMM', 0]);
  });

  const row = '\t ADD \t 0.1 \t 0.2 \t 50.000% \t 50.000% \t 0.000 \t 3 \t';
  it.each<[string, string, Partial<ProfileRow>[]]>([
    ['nothing', '', []],
    ['no list', `${row}[a]:0\n`, []],
    ['a name with tabs and colons', `=== Run Order ===\n${row}[a\tb:c]:7\n`, [{ label: '[a\tb:c]', index: 7, share: 0.5, timesCalled: 3 }]],
    ['shares that are no numbers', `=== Run Order ===\n${row.replaceAll('50.000%', '-nan%')}[a]:0\n`, [{ share: 0 }]],
    ['a name without an index', `=== Run Order ===\n${row}[a]\n`, []],
    ['an index beyond all bounds', `=== Run Order ===\n${row}[a]:99999999999\n`, []],
    ['a second list that repeats the first', `=== Run Order ===\n${row}[a]:0\n=== Top by Computation Time ===\n${row}[a]:0\n`, [{ index: 0 }]],
    ['a name that looks like a heading', `=== Run Order ===\n${row}[a]:0\n=== Delegate internal: ===\n${row}[b]:1\n`, [{ index: 0 }]],
  ])('with %s is read as far as it can be', (_, text, rows) => {
    expect(parseProfileSummary(text).nodes.rows).toMatchObject(rows);
  });

  it('never throws, and keeps shares and counts sound, whatever a recording is changed into', () => {
    const text = recordedText('keras_lstm_mnist_ptq');
    fc.assert(fc.property(fc.nat(text.length), fc.nat(200), fc.string({ unit: fc.constantFrom('\t', '\n', ':', '%', '=', '9', '-', 'a') }), (at, cut, added) => {
      const { nodes, delegate } = parseProfileSummary(text.slice(0, at) + added + text.slice(at + cut));
      for (const { index, share, timesCalled } of [...nodes.rows, ...delegate.rows]) expect([index >= 0, share >= 0, Number.isInteger(timesCalled)]).toEqual([true, true, true]);
    }), { numRuns: 300 });
  });
});

describe('readings of one session', () => {
  /** As TFLite prints it: each reading adds the buffer with all runs so far to its sums. */
  function printed(buffers: readonly (readonly number[])[]): string {
    const sums = buffers[0]?.map((_, row) => buffers.reduce((sum, buffer) => sum + (buffer[row] ?? 0), 0)) ?? [];
    const all = sums.reduce((sum, value) => sum + value, 0);
    const curr = (buffers.at(-1) ?? []).reduce((sum, value) => sum + value, 0);
    const lines = sums.map((sum, row) => `\tCONV_2D\t0.000\t0.000\t${((100 * sum) / all).toFixed(3)}%\t0%\t0.000\t4\t[t]:${row}`);
    return ['=== Run Order ===', ...lines, '', `Timings (microseconds): count=${buffers.length} first=1 curr=${curr} min=1`].join('\n');
  }

  it('are told apart: what a reading adds is the difference of two sums', () => {
    const readings = new ProfileReadings();
    // Totals since the session began, at three readings: 1:1, then 1:3 between the readings, then 3:1.
    const buffers = [[4000, 4000], [5000, 7000], [8000, 8000]];
    const totals = buffers.map((_, at) => readings.add(parseProfileSummary(printed(buffers.slice(0, at + 1))), 4).nodes.map(({ total_us }) => total_us));
    // Shares are printed in steps of 0.001 % of all that was read.
    totals.forEach((rows, at) => { rows.forEach((total, row) => { expect(Math.abs(total - (buffers[at]?.[row] ?? 0))).toBeLessThan(0.5); }); });
  });

  it('count how often a row runs in one run by the first of them', () => {
    expect(new ProfileReadings().add(recorded('conv_fc_mnist'), recordedRuns / 2).delegate.map(({ calls }) => calls)).toEqual(new Array(6).fill(2));
  });
});
