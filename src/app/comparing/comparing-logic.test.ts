import { describe, expect, it } from 'vitest';
import type { SampleRow } from '../../studies/accuracy/shared/outputs-comparison';
import { LitescopeError } from '../../errors';
import { histogramStatistics } from './difference-bins';
import { errorMetrics } from '../../quantize/metrics';
import { DifferenceCounter } from '../../quantize/difference-histogram';
import { agreementText, summaryText } from '../../wording/agreement-text';
import { latencyConfigurations } from './latency-configurations';
import { sampleLines, sortLines } from './sample-lines';
import { inputSet } from './sample-files';

const placed = (path: string) => ({ path, file: new File([], path.split('/').at(-1) ?? '') });

describe('inputSet', () => {
  it('takes the folder of each picture for its label where there is more than one', () => {
    const set = inputSet(['set/dog/b10.png', 'set/dog/b2.png', 'set/cat/a.jpg', 'set/cat/notes.doc', 'set/readme.txt'].map(placed), null);
    expect(set).toMatchObject({ labelledBy: 'folders', unused: 2, unknownRows: 0 });
    expect(set.samples.map(({ name, label }) => [name, label])).toEqual([['cat/a.jpg', 'cat'], ['dog/b2.png', 'dog'], ['dog/b10.png', 'dog']]);
  });

  it('has no labels for files of one folder, or of none', () => {
    expect(inputSet(['photos/a.png', 'photos/b.npy'].map(placed), null)).toMatchObject({ labelledBy: null, samples: [{ name: 'a.png', kind: 'picture', label: null }, { name: 'b.npy', kind: 'npy', label: null }] });
    expect(inputSet(['a.png', 'x/b.png'].map(placed), null)).toMatchObject({ labelledBy: null, samples: [{ name: 'a.png' }, { name: 'x/b.png' }] });
  });

  it('finds the files of a table by the ends of their paths, and passes its head over', () => {
    const set = inputSet(['set/1/a.png', 'set/2/a.png', 'set/2/b.png'].map(placed), [['file', 'label'], ['1/a.png', ' cat '], ['./b.png', 'dog'], ['c.png', 'cow'], ['', '']]);
    expect(set).toMatchObject({ labelledBy: 'CSV', unknownRows: 2 });
    expect(set.samples.map(({ name, label }) => [name, label])).toEqual([['1/a.png', 'cat'], ['2/a.png', null], ['2/b.png', 'dog']]);
  });
});

describe('lines of samples', () => {
  const result = (disagreement: number | null, sqnr_db: number) => ({ best: [], agreement: null, disagreement, error: { mse: 0, max_abs: 0, sqnr_db } });
  const own = { best: [], agreement: null, disagreement: null, error: null };
  const row = (index: number, name: string, other: SampleRow['models'][number]): SampleRow => ({ index, name, label: null, truth: null, models: [own, other] });
  const failed = { failed: new LitescopeError('INVALID_IMAGE').serialize() };
  const rows = [row(0, 'b10', result(0.1, 20)), row(1, 'b2', result(0.1, 10)), row(2, 'a', result(0.9, 30)), row(3, 'c', failed), row(4, 'd', result(null, Infinity))];

  it('are sorted by disagreement, error or name, with what failed first', () => {
    const order = (by: Parameters<typeof sortLines>[1]) => sortLines(sampleLines(rows, 1), by).map((line) => line.row.name);
    expect(order('disagreement')).toEqual(['c', 'a', 'b2', 'b10', 'd']);
    expect(order('error')).toEqual(['c', 'b2', 'b10', 'a', 'd']);
    expect(order('name')).toEqual(['a', 'b2', 'b10', 'c', 'd']);
    expect(sampleLines(rows, 1)[3]).toMatchObject({ other: null, failure: { code: 'INVALID_IMAGE' } });
  });
});

describe('agreement in words', () => {
  it('has figures with units', () => {
    expect(summaryText({ kind: 'classes', samples: 200, top1: 191, top5: 200 })).toBe('Same best class on 191 of 200 inputs (95.5 %); the reference’s best class among the best five on 200 (100.0 %).');
    expect(summaryText({ kind: 'detections', samples: 2, matched: 3, missing: 1, extra: 0, mean_iou: 0.9876, least_iou: 0.5, score_difference: 0.071 })).toBe('3 boxes in common, 1 of the reference alone, 0 of this model alone. IoU 0.988 in the mean, 0.500 at worst; scores at most 7.1 points apart.');
    expect(summaryText({ kind: 'detections', samples: 2, matched: 0, missing: 0, extra: 0, mean_iou: null, least_iou: null, score_difference: null })).toBe('Neither finds a box.');
    expect(summaryText({ kind: 'landmarks', samples: 1, mean_distance: 0.0123, greatest_distance: 0.05, score_difference: 0.001 })).toBe('Landmarks are 1.23 % of the object’s size apart in the mean, 5.00 % at most; its probability differs by at most 0.1 points.');
    expect(agreementText({ kind: 'mask', iou: 1 })).toBe('IoU 1');
  });
});

describe('differences as values', () => {
  it('keep counts and limits, and equal outputs get a bar that can be seen', () => {
    const counter = new DifferenceCounter();
    counter.add([0, 0, 0], [0, 2, -1]);
    const statistics = histogramStatistics(counter.result(), errorMetrics([0, 0, 0], [0, 2, -1]));
    expect(statistics).toMatchObject({ elements: 3, mean: 1 / 3, zeros: 1 });
    expect(statistics.bins.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(statistics.bins.at(-1)?.to).toBeCloseTo(2.025, 12);
    expect(histogramStatistics({ from: -0, to: 0, counts: [5] }, errorMetrics([1], [1])).bins).toEqual([{ from: -1, to: 1, count: 5 }]);
  });
});

describe('latency', () => {
  it('is compared as set up, or on both fast runtimes with one thread and all', () => {
    const setup = { runtime: 'auto', accelerator: 'auto', threads: 'auto' } as const;
    const device = { isolated: true, simd: true, relaxedSimd: true, int8Dot: true, threads: true, jspi: false, webgpu: false, gpuAdapter: null, webnn: false, cores: 4 };
    expect(latencyConfigurations('none', setup, device)).toEqual([]);
    expect(latencyConfigurations('setup', setup, device)).toEqual([setup]);
    expect(latencyConfigurations('all', setup, device).map(({ runtime, threads }) => `${runtime} ${threads}`)).toEqual(['tfjs-tflite 1', 'tfjs-tflite 4', 'litert 1', 'litert 4']);
    expect(latencyConfigurations('all', setup, { ...device, threads: false }).map(({ runtime, threads }) => `${runtime} ${threads}`)).toEqual(['tfjs-tflite 1', 'litert 1']);
  });
});
