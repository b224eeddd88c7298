import { describe, expect, it } from 'vitest';
import { isolationHeaders } from '../../../scripts/vite/security';
import { isolated } from './isolation';

const answer = (headers: HeadersInit, status = 200): Response => new Response('text', { status, headers });

describe('isolated', () => {
  it('leaves an answer alone that has the headers', () => {
    const response = answer(isolationHeaders);
    expect(isolated(response)).toBe(response);
  });

  it('gives them to one that has none, or others, and keeps all else', async () => {
    const response = isolated(answer({ 'Content-Type': 'application/wasm', 'Content-Length': '4', 'Cross-Origin-Embedder-Policy': 'credentialless' }));
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/wasm', 'content-length': '4', 'cross-origin-resource-policy': 'same-origin',
      ...Object.fromEntries(Object.entries(isolationHeaders).map(([name, value]) => [name.toLowerCase(), value])),
    });
    expect([response.status, await response.text()]).toEqual([200, 'text']);
  });

  it('makes one that was redirected into one that was not', async () => {
    const response = Object.defineProperty(answer(isolationHeaders), 'redirected', { value: true });
    const copy = isolated(response);
    expect([copy === response, copy.redirected, await copy.text()]).toEqual([false, false, 'text']);
  });

  it('leaves failures as they are', () => {
    const response = answer({}, 404);
    expect(isolated(response)).toBe(response);
  });
});
