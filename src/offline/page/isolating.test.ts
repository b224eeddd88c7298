import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reloadIsolated, wantsIsolation, wasIsolated } from './isolating';
import { hasReloaded } from './own-reload';

/** A page with what its host sends; its tab's storage outlives reloads. */
function stubPage(page: { readonly isolated: boolean; readonly secure?: boolean; readonly sent?: HeadersInit }) {
  const reload = vi.fn();
  vi.stubGlobal('crossOriginIsolated', page.isolated);
  vi.stubGlobal('isSecureContext', page.secure ?? true);
  vi.stubGlobal('document', { baseURI: 'https://example.org/lite/' });
  vi.stubGlobal('location', { reload });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { headers: page.sent ?? {} })));
  return reload;
}

let items: Map<string, string>;
const storage = { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => { items.set(key, value); }, removeItem: (key: string) => { items.delete(key); } };
beforeEach(() => { items = new Map(); });
afterEach(() => { vi.unstubAllGlobals(); });

describe('wantsIsolation', () => {
  it.each([
    ['without headers', { isolated: false }, true],
    ['that is isolated', { isolated: true }, false],
    ['without https', { isolated: false, secure: false }, false],
    ['whose host sends the headers, so that something else is in the way', { isolated: false, sent: { 'Cross-Origin-Embedder-Policy': 'require-corp' } }, false],
  ])('a page %s', async (_, page, wanted) => {
    stubPage(page);
    expect(await wantsIsolation(storage)).toBe(wanted);
  });

  it('not a second time in a tab, whatever came of the first', async () => {
    const reload = stubPage({ isolated: false });
    reloadIsolated(storage);
    expect(reload).toHaveBeenCalledOnce();
    expect([await wantsIsolation(storage), wasIsolated(storage)]).toEqual([false, false]);
  });
});

it('tells once that a reload has isolated the page', () => {
  stubPage({ isolated: false });
  reloadIsolated(storage);
  stubPage({ isolated: true });
  expect([wasIsolated(storage), wasIsolated(storage)]).toEqual([true, false]);
  expect([hasReloaded(storage), hasReloaded(storage)]).toEqual([true, false]);
});
