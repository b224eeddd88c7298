import { afterEach, expect, it, vi } from 'vitest';
import { makeInTurns } from './in-turns';

afterEach(() => { vi.useRealTimers(); });

it('makes all in order, and lets others work every 8 ms', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const order: string[] = [];
  const others = new MessageChannel();
  others.port1.onmessage = () => { order.push('other'); };
  const making = makeInTurns(20, (index) => {
    vi.advanceTimersByTime(3);
    order.push(String(index));
    if (index === 0) others.port2.postMessage(null);
    return index * 2;
  });
  expect(await making).toEqual(Array.from({ length: 20 }, (_, index) => index * 2));
  others.port1.close();
  // 3 ms each: the third one is over the time, so what waited comes before the fourth.
  expect(order.slice(0, 5)).toEqual(['0', '1', '2', 'other', '3']);
  expect(order.filter((each) => each !== 'other')).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
});
