/** Frames that tell whether they were closed, without a browser. */
import type { CapturedFrame, FrameListener } from '../page/types';
import type { LitescopeError } from '../../../errors';

export interface MadeFrame {
  readonly frame: VideoFrame;
  /** How often it was closed. */
  closes(): number;
}

/** @param captureTime milliseconds, where the browser tells */
export function madeFrame(timestamp_us: number, size: { readonly width: number; readonly height: number } = { width: 4, height: 3 }, captureTime?: number): MadeFrame {
  let closes = 0;
  const frame = {
    timestamp: timestamp_us,
    displayWidth: size.width,
    displayHeight: size.height,
    metadata: () => (captureTime === undefined ? {} : { captureTime }),
    close: () => { closes += 1; },
  };
  return { frame: frame as unknown as VideoFrame, closes: () => closes };
}

/** What a source said, in order. */
export class Listener implements FrameListener {
  readonly frames: CapturedFrame[] = [];
  readonly ends: LitescopeError[] = [];

  onFrame(frame: CapturedFrame): void {
    this.frames.push(frame);
  }

  onEnd(error: LitescopeError): void {
    this.ends.push(error);
  }
}

/** Lets everything happen that is ready to. */
export function settle(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}
