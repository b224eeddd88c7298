import * as comlink from 'comlink';
import { toResult } from '../engine/result';
import type { RunFileWorker } from './protocol';
import { readRuns, writeRuns } from './runs';

const worker: RunFileWorker = {
  read: (file) => toResult(async () => readRuns(await file.text())),
  write: (runs, format) => toResult(() => writeRuns(runs, format)),
  cancel: () => undefined,
};

comlink.expose(worker);
