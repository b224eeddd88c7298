import * as comlink from 'comlink';
import { LitescopeError } from '../../errors';
import { toResult } from '../../threads/shared/result';
import type { RunFileWorker } from '../shared/protocol';
import { formatFiles, readRuns, writeRuns, type KeptRun } from '../shared/runs';

let held: readonly Omit<KeptRun, 'id'>[] = [];
const added: KeptRun[] = [];

const worker: RunFileWorker = {
  read: (file) => toResult(async () => {
    held = readRuns(await file.text());
    return held.length;
  }),
  take: (index) => toResult(() => {
    const run = held[index];
    if (run === undefined) throw new LitescopeError('INTERNAL', `There is no run ${index} of ${held.length}.`);
    return run;
  }),
  add: (run) => toResult(() => {
    added.push(run);
    return null;
  }),
  write: (format) => toResult(() => new Blob([writeRuns(added, format)], { type: formatFiles[format].type })),
  cancel: () => undefined,
};

comlink.expose(worker);
