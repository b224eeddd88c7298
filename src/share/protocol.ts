/** Types only: what crosses the boundary to the worker that writes and reads links. */
import type { Result } from '../engine/result';
import type { Report } from '../report/report';

export interface LinkWorker {
  /** @returns what stands behind `#report=` */
  encode(report: Report): Promise<Result<string>>;
  decode(text: string): Promise<Result<Report>>;
  cancel(): void;
}
