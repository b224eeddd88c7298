import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelWorker } from '../../threads/testing/channel-worker';
import { deferred } from '../../threads/testing/deferred';
import { rejectionOf } from '../../threads/testing/errors';
import { type ErrorCode, LitescopeError } from '../../errors';
import { wholeReport } from '../../report/testing/whole-report';
import { reportQrCode } from './links';

/** How many characters each attempt to write a link may take. */
const limits: (number | undefined)[] = [];
const workers: ChannelWorker[] = [];

function workerThat(encode: (most: number | undefined) => string | Promise<string>): void {
  vi.stubGlobal('Worker', class extends ChannelWorker {
    constructor() {
      super({
        encode: ({ most }: { readonly most?: number }) => {
          limits.push(most);
          return encode(most);
        },
        drawQrCode: (text: string) => ({ size: text.length, path: text }),
      });
      workers.push(this);
    }
  });
}

beforeEach(() => {
  limits.length = 0;
  vi.stubGlobal('document', { baseURI: 'https://example.org/?model=x' });
});
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
  vi.unstubAllGlobals();
});

describe('a QR code of a report', () => {
  it('is drawn once more, larger, where the report has no room in a small one', async () => {
    workerThat((most) => {
      if (most !== 2700) throw new LitescopeError('LINK_TOO_LONG');
      return 'text';
    });
    expect((await reportQrCode(wholeReport)).link).toBe('https://example.org/#report=text');
    expect(limits).toEqual([1100, 2700]);
  });

  it.each<ErrorCode>(['CANCELLED', 'OUT_OF_MEMORY', 'INTERNAL'])('is not tried again after %s', async (code) => {
    workerThat(() => { throw new LitescopeError(code); });
    expect((await rejectionOf(reportQrCode(wholeReport))).code).toBe(code);
    expect(limits).toEqual([1100]);
  });

  it('that is cancelled while it is made is given up', async () => {
    const [begun, text] = [deferred(), deferred<string>()];
    workerThat(() => {
      begun.resolve();
      return text.promise;
    });
    const controller = new AbortController();
    const made = rejectionOf(reportQrCode(wholeReport, { signal: controller.signal }));
    await begun.promise;
    controller.abort();
    text.resolve('text');
    expect((await made).code).toBe('CANCELLED');
    expect(limits).toEqual([1100]);
    expect(workers.map(({ terminations }) => terminations)).toEqual([1]);
  });
});
