import { median } from 'd3-array';
import { serve } from '../../../threads/worker/serve';
import type { MachineReading } from '../shared/machine-reading';
import { timerStep } from './timer-step';

const roundSteps = 2_000_000;
const rounds = 31;

/** Each step needs the one before, so that no engine can shorten or spread it: its time follows the core's clock rate. */
function workARound(seed: number): number {
  let state = seed;
  for (let step = 0; step < roundSteps; step++) state = (Math.imul(state ^ (state >>> 13), 1_664_525) + 1_013_904_223) | 0;
  return state;
}

const methods = {
  measure(): MachineReading {
    let state = 1;
    // Compiled and at speed before the first round counts.
    for (let warm = 0; warm < 5; warm++) state = workARound(state);
    const times = Array.from({ length: rounds }, () => {
      const started = performance.now();
      state = workARound(state);
      return performance.now() - started;
    });
    return { round_ms: median(times) ?? 0, timer_step_ms: timerStep() };
  },
};

export type CalibrationMethods = typeof methods;

serve(methods);
