import { expect, it } from 'vitest';
import type { ProfileRow } from '../report/profile-figures';
import { distributionText } from './benchmark-text';
import { longestOpText } from './profile-text';
import { expectedText } from './progress';

it.each([
  [{ median_ms: 2.764, p95_ms: 4.5, avg_ms: 3 }, 350, 'Half of the runs take at most 2.76 ms, 95 of 100 at most 4.50 ms.'],
  [{ median_ms: 120.4, p95_ms: 131, avg_ms: 120 }, 1, 'The one run that was timed took 120 ms.'],
  [{ median_ms: 0, p95_ms: 0.005, avg_ms: 0.0032 }, 9000, 'Most runs are shorter than the clock’s step; on average one takes 3.2 µs.'],
  [{ median_ms: 0, p95_ms: 0, avg_ms: 0 }, 50, 'Runs are shorter than this browser’s clock can tell.'],
])('%j of %i runs in a sentence', (latency, runs, text) => {
  expect(distributionText(latency, runs)).toBe(text);
});

it('runs that were timed together are said to be', () => {
  expect(distributionText({ median_ms: 0.0034, p95_ms: 0.02, avg_ms: 0.004 }, 9000, 32)).toBe('Timed 32 at once, half of the runs take at most 3.40 µs each, 95 of 100 at most 0.020 ms.');
});

it('the longest op is named with its share and time, where one has any', () => {
  const row = { op: 12, kind: 'CONV_2D', time_ms: 0.224, share: 0.081, fate: { kind: 'timed' } } as ProfileRow;
  expect(longestOpText([row])).toBe('Op 12, CONV_2D, is the longest: 0.224 ms, 8.1 %.');
  expect([longestOpText([]), longestOpText([{ ...row, time_ms: 0, share: 0 }])]).toEqual(['', '']);
});

it('what is known only in part takes at least so long', () => {
  expect(expectedText(1.5, true)).toBe('Takes about 2 s.');
  expect(expectedText(1.5, false)).toBe('Takes at least 2 s.');
  expect(expectedText(0.01, true)).toBe('Takes about 1 s.');
  expect(expectedText(125, true)).toBe('Takes about 2 min 5 s.');
});
