import { serve } from '../../../threads/worker/serve';

const methods = {
  /** A picture without loss (PNG). The frame is moved in and closed here. */
  async encode(frame: VideoFrame | ImageBitmap): Promise<Blob> {
    try {
      const [width, height] = 'displayWidth' in frame ? [frame.displayWidth, frame.displayHeight] : [frame.width, frame.height];
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(frame, 0, 0);
      return await canvas.convertToBlob({ type: 'image/png' });
    } finally {
      frame.close();
    }
  },
};

export type StillMethods = typeof methods;

serve(methods);
