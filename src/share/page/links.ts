import { withWorker } from '../../threads/page/owned-worker';
import type { CallOptions, RemoteMethods } from '../../threads/shared/methods';
import { LitescopeError } from '../../errors';
import type { Report } from '../../report/report';
import type { QrCode } from '../shared/qr-code';
import type { LinkMethods } from '../worker/link.worker';
import { loadWorker } from '../../threads/page/load-worker';

const marker = '#report=';

function once<T>(work: (remote: RemoteMethods<LinkMethods>) => Promise<T>): Promise<T> {
  return withWorker<LinkMethods, T>(() => loadWorker((Worker) => new Worker(new URL('../worker/link.worker.ts', import.meta.url), { type: 'module', name: 'litescope-links' })), work);
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
  const text = await once((remote) => remote.encode({ report }, options));
  return addressWith(text);
}

/** Characters behind the page's address that cameras read from a screen at once, and those that a code holds at all. */
const qrLimits = [1100, 2700] as const;

/**
 * A QR code of a link that carries the report; a code holds less than a link, so that more of it is left out.
 * @throws LitescopeError LINK_TOO_LONG, CANCELLED
 */
export async function reportQrCode(report: Report, options: CallOptions = {}): Promise<QrCode & { readonly link: string }> {
  return once(async (remote) => {
    const encode = (most: number) => remote.encode({ report, most }, options);
    const [easy, utmost] = qrLimits;
    const text = await encode(easy).catch((error: unknown) => {
      // A larger code helps a report that has no room. Whoever cancelled wants none.
      if (LitescopeError.from(error).code !== 'LINK_TOO_LONG') throw error;
      return encode(utmost);
    });
    const link = addressWith(text);
    return { ...await remote.drawQrCode(link, options), link };
  });
}

function addressWith(text: string): string {
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
  return once((remote) => remote.decode(text, { watchdog_ms: 5000, ...options }));
}
