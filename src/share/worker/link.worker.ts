import * as comlink from 'comlink';
import { toResult } from '../../threads/shared/result';
import { decodeReport, encodeReport } from '../../report/link/link-codec';
import { qrCode } from './qr-code';
import type { LinkWorker } from '../shared/protocol';

const worker: LinkWorker = {
  encode: (report, most) => toResult(() => encodeReport(report, most)),
  drawQrCode: (text) => toResult(() => qrCode(text)),
  decode: (text) => toResult(() => decodeReport(text)),
  cancel: () => undefined,
};

comlink.expose(worker);
