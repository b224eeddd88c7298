import { expect, it } from 'vitest';
import type { Progress } from '../../progress';
import { measureInTurn } from './in-turn';

/** Two ways that take 1, 2, 3 … and 10, 20, 30 …, with the order in which they were asked for. */
function ways() {
  const order: string[] = [];
  const way = (name: string, step: number) => {
    let asked = 0;
    return () => {
      order.push(name);
      return Promise.resolve(step * ++asked);
    };
  };
  return { one: way('a', 1), other: way('b', 10), order };
}

it('two ways change places in every round, and the first rounds are not among the figures', async () => {
  const { one, other, order } = ways();
  expect(await measureInTurn(one, other, { row: 'a and b', warmUp: 1, rounds: 2 }, {})).toEqual({ one: [2, 3], other: [20, 30] });
  expect(order.join('')).toBe('abbaab');
});

it('rounds end as soon as there are enough', async () => {
  const { one, other } = ways();
  const asked: number[] = [];
  const isEnough = (count: number): boolean => {
    asked.push(count);
    return count === 2;
  };
  expect(await measureInTurn(one, other, { row: '', warmUp: 2, rounds: 40, isEnough }, {})).toEqual({ one: [3, 4], other: [30, 40] });
  expect(asked).toEqual([0, 0, 0, 1, 2]);
});

it('progress counts the rounds that give figures, and its fraction all of them', async () => {
  const { one, other } = ways();
  const told: Progress[] = [];
  await measureInTurn(one, other, { row: 'a and b', warmUp: 2, rounds: 2 }, { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([[1, 0], [1, 0.25], [1, 0.5], [2, 0.75]].map(([round, fraction]) => ({ kind: 'take-turns', row: 'a and b', round, rounds: 2, fraction })));
});
