/** Types only: what crosses the boundary to the worker that writes and reads links. */
import type { Result } from '../../threads/shared/result';
import type { QrCode } from '../worker/qr-code';
import type { Report } from '../../report/report';

export interface LinkWorker {
  /** @returns what stands behind `#report=` */
  encode(report: Report, most?: number): Promise<Result<string>>;
  drawQrCode(text: string): Promise<Result<QrCode>>;
  decode(text: string): Promise<Result<Report>>;
  cancel(): void;
}
