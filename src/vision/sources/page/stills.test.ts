import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LitescopeError } from '../../../errors';
import { ChannelWorker } from '../../../threads/testing/channel-worker';
import { rejectionOf } from '../../../threads/testing/errors';
import type { FrameListener, FrameSource } from './types';
import { grabStills } from './stills';

/** A source without a device: the test delivers its frames. The picture is a port, which can be moved as a frame is. */
class HandSource implements FrameSource {
  readonly kind = 'camera';
  readonly name = 'by hand';
  readonly way = 'timer';
  readonly clock = 'arrival';
  readonly width = 1;
  readonly height = 1;
  readonly frameRate = null;
  readonly facesPerson = false;
  listener: FrameListener | null = null;
  dropped = 0;
  closed = 0;

  start(listener: FrameListener): void {
    this.listener = listener;
  }

  close(): void {
    this.closed++;
  }

  deliver(captured_ms: number): void {
    const take = () => Promise.resolve(new MessageChannel().port1 as unknown as ImageBitmap);
    this.listener?.onFrame({ captured_ms, take, drop: () => { this.dropped++; } });
  }
}

const png = new Blob(['png'], { type: 'image/png' });
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

let workers: ChannelWorker[] = [];
beforeEach(() => {
  workers = [];
  vi.stubGlobal('Worker', class extends ChannelWorker {
    constructor() {
      super({ encode: () => png });
      workers.push(this);
    }
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

function grab(count: number) {
  const source = new HandSource();
  const controller = new AbortController();
  const stills: Blob[] = [];
  const done = grabStills(source, { count, apart_ms: 100, signal: controller.signal }, (still) => { stills.push(still); });
  return { controller, source, stills, done };
}

describe('grabStills', () => {
  it('leaves no listener at the signal when all stills are taken', async () => {
    const { controller, source, stills, done } = grab(1);
    expect(listeners(controller.signal)).toBe(1);
    source.deliver(0);
    await done;
    expect(stills).toHaveLength(1);
    expect(stills[0]?.type).toBe('image/png');
    expect(listeners(controller.signal)).toBe(0);
    expect([source.closed, workers.map(({ terminations }) => terminations)]).toEqual([1, [1]]);
  });

  it('leaves no listener at the signal when the source ends', async () => {
    const { controller, source, stills, done } = grab(2);
    source.listener?.onEnd(new LitescopeError('SOURCE_LOST', 'unplugged'));
    expect((await rejectionOf(done)).details).toBe('unplugged');
    expect(stills).toEqual([]);
    expect(listeners(controller.signal)).toBe(0);
    expect([source.closed, workers.map(({ terminations }) => terminations)]).toEqual([1, [1]]);
  });

  it('ends without an error when the signal says so', async () => {
    const { controller, source, done, stills } = grab(2);
    controller.abort();
    await done;
    expect(stills).toEqual([]);
    expect(listeners(controller.signal)).toBe(0);
    expect(source.closed).toBe(1);
  });

  it('drops a frame that comes while the one before is still being encoded', async () => {
    const { source, done } = grab(1);
    source.deliver(1000);
    source.deliver(1100);
    await done;
    expect(source.dropped).toBe(1);
  });
});
