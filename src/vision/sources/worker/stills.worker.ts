import * as comlink from 'comlink';
import { type Result, toResult } from '../../../threads/shared/result';

export interface StillEncoder {
  /** A picture without loss (PNG). The frame is moved in and closed here. */
  encode(frame: VideoFrame | ImageBitmap): Promise<Result<Blob>>;
  cancel(): void;
}

const encoder: StillEncoder = {
  encode: (frame) => toResult(async () => {
    try {
      const [width, height] = 'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(frame, 0, 0);
      return await canvas.convertToBlob({ type: 'image/png' });
    } finally {
      frame.close();
    }
  }),
  // One picture is encoded sooner than it could be stopped.
  cancel: () => undefined,
};

comlink.expose(encoder);
