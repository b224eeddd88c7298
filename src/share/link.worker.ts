import * as comlink from 'comlink';
import { toResult } from '../engine/result';
import { decodeReport, encodeReport } from '../report/link/link-codec';
import type { LinkWorker } from './protocol';

const worker: LinkWorker = {
  encode: (report) => toResult(() => encodeReport(report)),
  decode: (text) => toResult(() => decodeReport(text)),
  cancel: () => undefined,
};

comlink.expose(worker);
