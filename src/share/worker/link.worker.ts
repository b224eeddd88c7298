import { decodeReport, encodeReport } from '../../report/link/link-codec';
import type { Report } from '../../report/report';
import { serve } from '../../threads/worker/serve';
import { qrCode } from './qr-code';

const methods = {
  /** @returns what stands behind `#report=` */
  encode: ({ report, most }: { readonly report: Report; readonly most?: number | undefined }): string => encodeReport(report, most),
  drawQrCode: qrCode,
  decode: decodeReport,
};

export type LinkMethods = typeof methods;

serve(methods);
