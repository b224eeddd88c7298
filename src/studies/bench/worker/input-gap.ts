import type { InputGap } from '../../../report/warnings';
import type { LoadedModel } from '../../../engine/runtimes/worker/runtime';

/** Enough for an interval at 95 %. */
const leastRounds = 8;
const mostRounds = 30;
const enough_ms = 1000;

/**
 * Times a model in turn on the input that it has and on zeros of the same shape. Its work does not depend on values, so
 * that a difference is not the model's: zeros hide denormal floats in unused lanes of packed weights. The input is put
 * back afterwards.
 */
export async function measureInputGap({ inputs, invoke, release }: LoadedModel, interrupted: () => Promise<boolean>): Promise<InputGap> {
  const given = inputs.map((input) => input.data().slice());
  const given_ms: number[] = [];
  const zeros_ms: number[] = [];
  const begun = performance.now();
  const timed = async (): Promise<number> => {
    release();
    const started = performance.now();
    const pending = invoke();
    if (pending !== undefined) await pending;
    return performance.now() - started;
  };
  for (let round = 0; round < mostRounds && (round < leastRounds || performance.now() - begun < enough_ms); round++) {
    for (const input of inputs) input.data().fill(0);
    zeros_ms.push(await timed());
    for (const [position, input] of inputs.entries()) input.data().set(given[position] ?? []);
    given_ms.push(await timed());
    if (await interrupted()) break;
  }
  return { given_ms, zeros_ms };
}
