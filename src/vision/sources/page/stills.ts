import { transfer } from 'comlink';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import { LitescopeError } from '../../../errors';
import type { FrameSource } from './types';
import type { StillMethods } from '../worker/stills.worker';
import { loadWorker } from '../../../threads/page/load-worker';

export interface StillsWanted {
  readonly count: number;
  /** Frames that come sooner after the one before are left out, in milliseconds. */
  readonly apart_ms: number;
  /** Ends the taking; what was taken stays. */
  readonly signal: AbortSignal;
}

/**
 * Takes frames out of a source as pictures without loss (PNG), encoded in a worker to which they are moved. The source
 * is closed at the end, whatever ends it.
 *
 * @param onStill called with each picture, in order
 * @throws LitescopeError what ended the source before enough frames came
 */
export async function grabStills(source: FrameSource, { count, apart_ms, signal }: StillsWanted, onStill: (still: Blob) => void): Promise<void> {
  const encoder = new OwnedWorker<StillMethods>(loadWorker((Worker) => new Worker(new URL('../worker/stills.worker.ts', import.meta.url), { type: 'module', name: 'litescope-stills' })));
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      let taken = 0;
      let last_ms = -Infinity;
      let busy = false;
      const isWanted = (captured_ms: number): boolean => !busy && taken < count && !signal.aborted && captured_ms - last_ms >= apart_ms;
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => { resolve(); }, { signal: over.signal });
      source.start({
        onEnd: reject,
        onFrame: (frame) => {
          if (!isWanted(frame.captured_ms)) {
            frame.drop();
            return;
          }
          busy = true;
          last_ms = frame.captured_ms;
          frame.take()
            .then((picture) => encoder.remote.encode(transfer(picture, [picture])))
            .then((still) => {
              if (signal.aborted) return;
              taken += 1;
              onStill(still);
              if (taken === count) resolve();
            })
            .catch((error: unknown) => { reject(LitescopeError.from(error, 'SOURCE_LOST')); })
            .finally(() => { busy = false; });
        },
      });
    });
  } finally {
    // The signal may outlive many takings; each would leave a listener.
    over.abort();
    source.close();
    encoder.terminate();
  }
}
