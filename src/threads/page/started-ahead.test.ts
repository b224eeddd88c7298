import { describe, expect, it } from 'vitest';
import { ChannelWorker } from '../testing/channel-worker';
import { StartedAhead } from './started-ahead';

function counted() {
  const made: ChannelWorker[] = [];
  const ahead = new StartedAhead(() => {
    const worker = new ChannelWorker({});
    made.push(worker);
    return worker;
  });
  return { made, ahead };
}

describe('StartedAhead', () => {
  it('gives the one that was started, once, and then new ones', () => {
    const { made, ahead } = counted();
    ahead.start();
    ahead.start();
    expect(made).toHaveLength(1);
    expect(ahead.take()).toBe(made[0]);
    expect(ahead.take()).toBe(made[1]);
    expect(made).toHaveLength(2);
  });

  it('gives none that failed before it was wanted', () => {
    const { made, ahead } = counted();
    ahead.start();
    made[0]?.dispatchEvent(new Event('error'));
    expect(ahead.take()).toBe(made[1]);
  });
});
