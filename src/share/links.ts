import { OwnedWorker, type CallOptions } from '../engine/owned-worker';
import type { Report } from '../report/report';
import type { LinkWorker } from './protocol';

const marker = '#report=';

async function once<T>(call: (worker: OwnedWorker<LinkWorker>) => Promise<T>): Promise<T> {
  const worker = new OwnedWorker<LinkWorker>(new Worker(new URL('./link.worker.ts', import.meta.url), { type: 'module', name: 'litescope-links' }));
  try {
    return await call(worker);
  } finally {
    worker.terminate();
  }
}

/** What of an address's hash carries a report; null where it carries none. */
export function reportIn(hash: string): string | null {
  return hash.startsWith(marker) ? hash.slice(marker.length) : null;
}

/**
 * A link to this page that carries the report itself, of at most 8,000 characters behind the page's own address. Written in a
 * worker of its own, as it is read.
 * @throws LitescopeError LINK_TOO_LONG
 */
export async function reportLink(report: Report, options: CallOptions = {}): Promise<string> {
  const text = await once((worker) => worker.call((remote) => remote.encode(report), options));
  const page = new URL(document.baseURI);
  page.search = '';
  page.hash = `${marker}${text}`;
  return page.href;
}

/**
 * The report that a link carries. A hostile link can harm nothing but its own worker.
 * @param text what stands behind `#report=`
 * @throws LitescopeError INVALID_LINK, UNKNOWN_LINK_VERSION, LINK_TOO_LONG, INVALID_REPORT
 */
export function readReportLink(text: string, options: CallOptions = {}): Promise<Report> {
  return once((worker) => worker.call((remote) => remote.decode(text), { watchdog_ms: 5000, ...options }));
}
