import { max, mean, median } from 'd3-array';
import { defaultConfidence, fewestValues, pairedRatio } from '../stats/bootstrap';
import { report as text } from '../messages/report';
import { drift, slowOutliers, steadyState } from '../stats/steadiness';
import type { Calibration } from './comparison';
import type { Warning } from './configuration';
import type { BenchmarkResult } from './report';

/** What was seen of the page and the machine while something was measured. */
export interface Conditions {
  readonly calibration: Calibration;
  /** Smallest step of the clock that runs are timed with. */
  readonly timer_step_ms: number;
  /** Whether the page is cross-origin isolated: browsers give such pages their finest clock. */
  readonly isolated: boolean;
  /** Whether the page was in the background at any time. */
  readonly hidden: boolean;
  /** The longest time by which the page's timers came too late. */
  readonly late_ms: number;
  /** Pictures a second that the page was given before anything ran; null where it was given none. */
  readonly frames_per_second: number | null;
  /** Null where the browser does not say. */
  readonly on_battery: boolean | null;
  /** Pixels of the window that are not the page's, to the side and below; null where the browser does not say. */
  readonly window_extra: { readonly width: number; readonly height: number } | null;
}

/** One and the same model timed in turn on its input and on zeros, a duration a round each. */
export interface InputGap {
  readonly given_ms: readonly number[];
  readonly zeros_ms: readonly number[];
}

const outlierShare = 0.05;
const changedSpeed = 0.1;
/** A model’s time hardly depends on its input’s values. */
const gapShare = 0.1;
/** Browsers hold timers of background pages back to one a second. */
const throttled_ms = 900;
/** Energy savers halve the 60 pictures a second of a common display. */
const savedFrames = 36;
/** A clock whose step is more than this share of a run makes steps of the figures. */
const coarseShare = 0.02;
/** Docked developer tools are wider and higher than all that browsers put around a page. */
const dockedPixels = 280;

const percent = (share: number) => `${(share * 100).toFixed(Math.abs(share) < 0.1 ? 1 : 0)} %`;
const ms = (value: number) => `${value >= 10 ? value.toFixed(1) : value.toPrecision(3)} ms`;

/** Doubts that samples raise by themselves. Their order is the order in which they were taken. */
export function sampleWarnings(samples_ms: readonly number[], runs_per_sample = 1): Warning[] {
  const warnings: Warning[] = [];
  const outliers = new Set(slowOutliers(samples_ms));
  const average = mean(samples_ms) ?? 0;
  const cost = average - (mean(samples_ms.filter((_, index) => !outliers.has(index))) ?? average);
  if (outliers.size > samples_ms.length * outlierShare || cost > average * outlierShare) {
    warnings.push({
      code: 'OUTLIERS',
      text: text.slowRuns({ slow: outliers.size, all: samples_ms.length, areRuns: runs_per_sample === 1, longest: ms(max(samples_ms) ?? 0), cost: ms(cost) }),
      cost_ms: cost,
    });
  }
  const moving = drift(samples_ms);
  if (moving?.significant) {
    const [from, to] = moving.line;
    warnings.push({
      code: 'DRIFT',
      text: to > from ? text.becameSlower(ms(from), ms(to)) : text.becameFaster(ms(from), ms(to)),
      cost_ms: Math.max(0, to - from),
    });
  }
  const state = steadyState(samples_ms);
  if (state !== null && !state.reached) {
    const before = median(samples_ms.slice(0, state.from)) ?? 0;
    const after = median(samples_ms.slice(state.from)) ?? 0;
    warnings.push({
      code: 'NO_STEADY_STATE',
      text: text.noSteadyState(state.from, ms(before), ms(after)),
      cost_ms: Math.abs(after - before),
    });
  }
  return warnings;
}

/**
 * The doubt that a model whose packed weights could not all be looked at raises when it is slower on its input than on
 * zeros: a property of this load, not of the model.
 */
export function inputGapWarnings({ given_ms, zeros_ms }: InputGap): Warning[] {
  if (given_ms.length < fewestValues(defaultConfidence) || given_ms.length !== zeros_ms.length) return [];
  const { ratio, interval: [low] } = pairedRatio(given_ms, zeros_ms);
  if (low < 1 + gapShare) return [];
  const given = median(given_ms) ?? 0;
  const zeros = median(zeros_ms) ?? 0;
  return [{
    code: 'DENORMAL_WEIGHTS',
    text: text.slowerThanOnZeros(ms(given), ms(zeros), ratio.toFixed(2)),
    cost_ms: Math.max(0, given - zeros),
  }];
}

/** Doubts about all that was measured under these conditions. */
export function conditionWarnings(conditions: Conditions, { samples_ms, runs_per_sample = 1 }: Pick<BenchmarkResult, 'samples_ms' | 'runs_per_sample'>): Warning[] {
  const { calibration, hidden, late_ms, timer_step_ms, isolated, frames_per_second, on_battery, window_extra } = conditions;
  const warnings: Warning[] = [];
  if (Math.abs(Math.log(calibration.ratio)) > Math.log(1 + changedSpeed)) {
    warnings.push({
      code: 'MACHINE_CHANGED_SPEED',
      text: calibration.ratio > 1 ? text.machineSlower(ms(calibration.before_ms), ms(calibration.after_ms)) : text.machineFaster(ms(calibration.before_ms), ms(calibration.after_ms)),
      cost_ms: null,
    });
  }
  if (hidden) warnings.push({ code: 'HIDDEN_TAB', text: text.inBackground, cost_ms: null });
  if (late_ms > throttled_ms) warnings.push({ code: 'THROTTLED', text: text.timersLate((late_ms / 1000).toFixed(1)), cost_ms: null });
  if (frames_per_second !== null && frames_per_second < savedFrames && on_battery !== false) {
    warnings.push({
      code: 'BATTERY_SAVER',
      text: text.fewPictures(frames_per_second.toFixed(0), on_battery === true),
      cost_ms: null,
    });
  }
  const run_ms = median(samples_ms) ?? 0;
  const sample_ms = run_ms * runs_per_sample;
  if (runs_per_sample > 1) {
    warnings.push({ code: 'COARSE_TIMER', text: text.severalAtOnce(timer_step_ms.toPrecision(2), runs_per_sample), cost_ms: timer_step_ms / runs_per_sample });
  } else if (timer_step_ms > sample_ms * coarseShare) {
    const said = isolated ? text.coarseClock : text.coarseClockNotIsolated;
    warnings.push({ code: 'COARSE_TIMER', text: said(timer_step_ms.toPrecision(2), percent(timer_step_ms / run_ms)), cost_ms: timer_step_ms });
  }
  if (window_extra !== null && (window_extra.width > dockedPixels || window_extra.height > dockedPixels)) {
    warnings.push({
      code: 'DEVTOOLS_OPEN',
      text: text.foreignPixels(Math.max(window_extra.width, window_extra.height)),
      cost_ms: null,
    });
  }
  return warnings;
}
