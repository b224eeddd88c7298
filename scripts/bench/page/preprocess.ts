/** The page of the preprocessing bench: hands requests to its worker, where all the work is, as in a live stream. */
import type { FrameTimes, FramesRequest, PreprocessPage } from '../preprocess-types';

const worker = new Worker(new URL('./preprocess.worker.ts', import.meta.url), { type: 'module' });

const preprocessing: PreprocessPage = {
  measure: (request: FramesRequest) => new Promise<FrameTimes>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<FrameTimes | string>) => {
      if (typeof data === 'string') reject(new Error(data));
      else resolve(data);
    };
    worker.onerror = ({ message }) => { reject(new Error(message)); };
    worker.postMessage(request);
  }),
};

Object.assign(window, { preprocessing });
