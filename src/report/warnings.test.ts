import { describe, expect, it } from 'vitest';
import { conditionWarnings, inputGapWarnings, sampleWarnings, type Conditions } from './warnings';

const steady = Array.from({ length: 100 }, (_, index) => 10 + (index % 7) * 0.1);
const good: Conditions = {
  calibration: { before_ms: 4, after_ms: 4.1, ratio: 4.1 / 4 }, timer_step_ms: 0.005, isolated: true, hidden: false, late_ms: 30, frames_per_second: 60, on_battery: null, window_extra: { width: 0, height: 90 },
};

describe('sampleWarnings', () => {
  it('has nothing to say of steady samples, nor of a single slow one', () => {
    expect(sampleWarnings(steady)).toEqual([]);
    expect(sampleWarnings(steady.with(50, 40))).toEqual([]);
    expect(sampleWarnings([])).toEqual([]);
  });

  it('counts slow runs and says what they cost the mean', () => {
    const [warning] = sampleWarnings(steady.map((sample, index) => (index % 10 === 3 ? 60 : sample)));
    expect(warning).toMatchObject({ code: 'OUTLIERS', text: expect.stringMatching(/^10 of 100 runs .* at most 60\.0 ms\. They add 4\.\d+ ms/) as string });
    expect(warning?.cost_ms).toBeCloseTo(4.97, 1);
  });

  it('takes as many samples as a small model gives', () => {
    const [warning] = sampleWarnings(Array.from({ length: 190_000 }, (_, index) => (index % 10 === 3 ? 60 : 10)));
    expect(warning?.text).toMatch(/^19000 of 190000 runs took far longer than the others, at most 60\.0 ms\./);
  });

  it('names drift with both levels', () => {
    const warnings = sampleWarnings(steady.map((sample, index) => sample * (1 + index / 200)));
    expect(warnings.map(({ code }) => code)).toContain('DRIFT');
    expect(warnings.find(({ code }) => code === 'DRIFT')?.text).toMatch(/became slower .* from 10\.\d ms to 15\.\d ms/);
  });

  it('notices that the level changed late', () => {
    expect(sampleWarnings(steady.map((sample, index) => (index < 70 ? sample : sample * 1.5))).find(({ code }) => code === 'NO_STEADY_STATE'))
      .toMatchObject({ text: expect.stringContaining('10.3 ms over the first 70 runs and 15.5 ms over the rest') as string, cost_ms: expect.closeTo(5.1, 0) as number });
  });
});

describe('inputGapWarnings', () => {
  const zeros_ms = [10, 10.2, 9.9, 10.1, 10, 9.8, 10.1, 10];
  const times = (factor: number) => zeros_ms.map((value) => value * factor);

  it('says how much slower a load is on its input than on zeros, and what to do', () => {
    const [warning] = inputGapWarnings({ given_ms: times(4), zeros_ms });
    expect(warning).toEqual({
      code: 'DENORMAL_WEIGHTS',
      text: 'A run takes 40.0 ms on its input and 10.0 ms on zeros, 4.00 times as long. Unused lanes of packed weights may hold denormal floats, left there by the runtime: load the model again, for another load may be faster.',
      cost_ms: 30,
    });
  });

  it('is silent below a tenth, and where there are too few rounds to tell', () => {
    expect(inputGapWarnings({ given_ms: times(1.09), zeros_ms })).toEqual([]);
    expect(inputGapWarnings({ given_ms: times(1.11), zeros_ms }).map(({ code }) => code)).toEqual(['DENORMAL_WEIGHTS']);
    expect(inputGapWarnings({ given_ms: times(4).slice(0, 2), zeros_ms: zeros_ms.slice(0, 2) })).toEqual([]);
  });
});

describe('conditionWarnings', () => {
  const codes = (more: Partial<Conditions>, samples = steady) => conditionWarnings({ ...good, ...more }, { samples_ms: samples }).map(({ code }) => code);

  it('are none under good conditions', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ frames_per_second: null, window_extra: null })).toEqual([]);
  });

  it.each<[string, Partial<Conditions>]>([
    ['MACHINE_CHANGED_SPEED', { calibration: { before_ms: 4, after_ms: 5, ratio: 1.25 } }],
    ['MACHINE_CHANGED_SPEED', { calibration: { before_ms: 5, after_ms: 4, ratio: 0.8 } }],
    ['HIDDEN_TAB', { hidden: true }],
    ['THROTTLED', { late_ms: 1100 }],
    ['BATTERY_SAVER', { frames_per_second: 30, on_battery: true }],
    ['BATTERY_SAVER', { frames_per_second: 30 }],
    ['COARSE_TIMER', { timer_step_ms: 1 }],
    ['DEVTOOLS_OPEN', { window_extra: { width: 420, height: 90 } }],
  ])('tell of %s under %j', (code, more) => {
    expect(codes(more)).toEqual([code]);
  });

  it('take a slow display on mains for what it is', () => {
    expect(codes({ frames_per_second: 30, on_battery: false })).toEqual([]);
  });

  it('measure the clock against the runs', () => {
    expect(codes({ timer_step_ms: 0.1 })).toEqual([]);
    expect(codes({ timer_step_ms: 0.1 }, [0.4, 0.5, 0.4])).toEqual(['COARSE_TIMER']);
    const advice = (isolated: boolean) => conditionWarnings({ ...good, timer_step_ms: 0.1, isolated }, { samples_ms: [0.4, 0.5, 0.4] })[0]?.text;
    expect(advice(false)).toBe('The clock moves in steps of 0.10 ms, 25 % of a run. An isolated page has a finer one.');
    expect(advice(true)).toBe('The clock moves in steps of 0.10 ms, 25 % of a run. Browsers have no finer one: trust the mean of many runs more than single ones.');
    expect(conditionWarnings({ ...good, timer_step_ms: 1 }, { samples_ms: [0.4, 0.5, 0.4], runs_per_sample: 64 }))
      .toEqual([{ code: 'COARSE_TIMER', text: 'The clock moves in steps of 1.0 ms, too coarse for single runs: each sample is the mean of 64 runs, and slow ones among them do not show.', cost_ms: 1 / 64 }]);
  });
});
