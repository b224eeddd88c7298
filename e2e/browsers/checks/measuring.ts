import { describe, expect, it } from 'vitest';
import { eventually, textOf } from '../driver';
import { lacks, type Stand } from '../stand';

export function checkMeasuring(stand: Stand): void {
  describe('Benchmark', () => {
    it('has plausible statistics, each sample longer than the clock’s steps', async () => {
      const row = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('digits');
        const { results: [result] } = await window.litescope.benchmark([id], [{ runtime: 'tfjs-tflite', threads: 1 }], { num_runs: 20, min_secs: 0.3, warmup_min_secs: 0.1 });
        const step = await new Promise<number>((resolve) => {
          const from = performance.now();
          let to = from;
          while (to === from) to = performance.now();
          resolve(to - from);
        });
        return result !== undefined && 'latency_metrics' in result ? { ...result.latency_metrics, samples: result.samples_ms.length, runs: result.misc_metrics.num_runs, together: result.runs_per_sample ?? 1, step } : null;
      }, null);
      if (row === null) throw new Error('Nothing was measured.');
      expect(row.min_ms).toBeGreaterThan(0);
      expect(row.min_ms).toBeLessThanOrEqual(row.median_ms);
      expect(row.median_ms).toBeLessThanOrEqual(row.p95_ms);
      expect(row.p95_ms).toBeLessThanOrEqual(row.max_ms);
      expect(row.samples).toBeGreaterThanOrEqual(20);
      expect(row.runs).toBe(row.samples * row.together);
      // The step may be a coarser one than the worker's.
      expect(row.median_ms * row.together).toBeGreaterThanOrEqual(row.step);
    });

    it('rows take turns, and one that is made four times as long is found slower', async () => {
      const { bursts, ratio } = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('face-detection-short-range');
        const one = { runtime: 'tfjs-tflite', threads: 1 } as const;
        const { results, comparison } = await window.litescope.benchmark([id], [one, one], { num_runs: 27, min_secs: 0, warmup_min_secs: 0 }, {}, { comparison: { rounds: 9 }, slowedBy: [0, 3], keepSessions: true });
        return { bursts: results.map((result) => ('latency_metrics' in result ? result.bursts?.length : null)), ratio: comparison?.ratios.find(({ row }) => row === 1) };
      }, null);
      expect(bursts).toEqual([9, 9]);
      expect(ratio?.verdict).toBe('slower');
      expect(ratio?.ratio).toBeGreaterThan(1.3);
    });

    it('started by an address, it is shown and kept: its median stands among the runs, after a reload too', async () => {
      await stand.open('?model=digits&runtime=tfjs-tflite&threads=1&run=1');
      const median = (await stand.text('benchmark-median', /\d/)).replace(/\s*ms$/, '').trim();
      await stand.driver.click('history-open');
      await stand.text('history-row', median);
      await stand.driver.reload();
      await eventually(stand.driver, () => 'litescope' in window, null, (there) => there);
      await stand.driver.click('history-open');
      expect(await stand.text('history-row', median)).toContain('tfjs-tflite');
    });
  });

  describe('Profile of every op', () => {
    it('accounts for the whole of a run, by the runtime’s own clock', async () => {
      const { method, invoke, ops, timed } = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('digits');
        const { op_profile } = await window.litescope.profile(id, { runtime: 'tfjs-tflite', accelerator: 'wasm', threads: 1 }, {}, { plan: { num_runs: 10, min_secs: 0.1 } });
        return { method: op_profile.method, invoke: op_profile.invoke_ms, ops: op_profile.ops.reduce((sum, { time_ms }) => sum + time_ms, 0), timed: op_profile.ops.filter(({ time_ms }) => time_ms > 0).length };
      }, null);
      expect(method).toBe('profiler');
      expect(timed).toBeGreaterThan(2);
      expect(ops).toBeGreaterThan(0.3 * invoke);
    });

    it('by a button: the table has the ops that took longest first', async () => {
      await stand.open('?model=face-detection-short-range&view=speed&runtime=tfjs-tflite&threads=1');
      await stand.driver.click('section-ops');
      await stand.driver.click('profile-start');
      await stand.text('profile-table', 'CONV_2D');
      await stand.driver.click('profile-by-time');
      const times = await eventually(stand.driver, () => [...document.querySelectorAll('[data-testid="profile-table"] [aria-selected]')].slice(0, 6).map((row) => Number(row.querySelectorAll('[role="gridcell"]')[2]?.textContent)), null,
        (found) => found.length === 6 && found.every((time, index) => index === 0 || time <= (found[index - 1] ?? NaN)));
      expect(times[0]).toBeGreaterThan(0);
    });
  });

  describe('Thread sweep', () => {
    it('measures one and two threads, or says why there is one', async (context) => {
      const { results, series } = await stand.driver.inPage(async () => {
        const { id } = await window.litescope.openFromGallery('face-detection-short-range');
        const report = await window.litescope.sweep([id], [{ runtime: 'litert' }], [1, 2], { num_runs: 6, min_secs: 0, warmup_min_secs: 0 }, {}, { comparison: { rounds: 6 }, keepSessions: true });
        return { results: report.results.map((result) => ('error' in result ? result.error.code : result.configuration.threads)), series: report.sweep?.series.map(({ points }) => points.map(({ threads, speedup }) => [threads, speedup])) };
      }, null);
      expect(results).toEqual([1, stand.threads ? 2 : 'NO_SHARED_MEMORY']);
      expect(series?.map((points) => points.map(([threads]) => threads))).toEqual([stand.threads ? [1, 2] : [1]]);
      expect(series?.[0]?.[0]).toEqual([1, 1]);
      if (!stand.threads) lacks(context, 'on one thread: there is no shared memory');
    });

    it('the page tells beforehand where more threads cannot be had', async () => {
      await stand.open('?model=digits&view=speed');
      await stand.driver.click('section-threads');
      await stand.text('threads-preview', 'How the model’s speed follows the number of threads');
      const off = await stand.driver.inPage(textOf, 'threads-off');
      if (stand.threads) expect(off).toBeNull();
      else expect(off).toContain('Threads are off because this browser makes no shared memory.');
    });
  });

  describe('This browser’s own roofline', () => {
    it('tells multiply-adds and memory, caches faster than memory', async () => {
      const { instruction, peaks } = await stand.driver.inPage(() => window.litescope.peak([1]), null);
      const { relaxedSimd } = await stand.driver.inPage(() => window.litescope.capabilities(), null);
      expect(instruction.includes('relaxed')).toBe(relaxedSimd);
      expect(peaks.map(({ threads }) => threads)).toEqual([1]);
      expect(peaks[0]?.gflops).toBeGreaterThan(1);
      expect(peaks[0]?.bandwidth_gbs).toBeGreaterThan(0.5);
      expect(Math.max(...peaks[0]?.caches?.map(({ bandwidth_gbs }) => bandwidth_gbs) ?? [])).toBeGreaterThan(peaks[0]?.bandwidth_gbs ?? NaN);
    });
  });
}
