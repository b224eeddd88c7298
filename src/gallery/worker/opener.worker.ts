import * as comlink from 'comlink';
import { toResult } from '../../threads/shared/result';
import { openFrom } from './open-from';
import type { OpenerWorker } from '../shared/opener-protocol';

const running = new Set<AbortController>();

const opener: OpenerWorker = {
  async open(source, onProgress) {
    const abort = new AbortController();
    running.add(abort);
    try {
      return await toResult(openFrom(source, onProgress, abort.signal));
    } finally {
      running.delete(abort);
      // The page's callback is a proxy with a port of its own, which must be closed or it lives as long as the worker.
      (onProgress as comlink.Remote<typeof onProgress>)[comlink.releaseProxy]();
    }
  },
  cancel() {
    for (const abort of running) abort.abort();
  },
};

comlink.expose(opener);
