import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildHeaders, contentSecurityPolicy, isolationHeaders, policyInPage } from './security';

/** `public/_headers` as static hosts read it: a path on a line of its own, then its headers, indented. */
function readHeaders(text: string): Record<string, Record<string, string>> {
  const rules: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '' && !candidate.startsWith('#'))) {
    if (!line.startsWith(' ')) {
      current = rules[line.trim()] = {};
      continue;
    }
    const colon = line.indexOf(':');
    current[line.slice(0, colon).trim()] = line.slice(colon + 1).trim();
  }
  return rules;
}

const directives = new Map(contentSecurityPolicy.split('; ').map((directive) => {
  const [name = '', ...sources] = directive.split(' ');
  return [name, sources] as const;
}));

describe('public/_headers', () => {
  const rules = readHeaders(readFileSync(new URL('../../public/_headers', import.meta.url), 'utf8'));

  it('states what the preview server sends, for every file', () => {
    expect(rules['/*']).toEqual(buildHeaders);
  });

  it('lets caches keep for ever what has its version in its address, and nothing else; the service worker is asked for each time', () => {
    const immutable = { 'Cache-Control': 'public, max-age=31536000, immutable' };
    expect(rules).toEqual({ '/*': buildHeaders, '/assets/*': immutable, '/runtimes/*': immutable, '/service-worker.js': { 'Cache-Control': 'no-cache' } });
  });
});

describe('the policy', () => {
  it('isolates the page, without which there are no threads', () => {
    expect(isolationHeaders).toEqual({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' });
    expect(buildHeaders).toMatchObject({ ...isolationHeaders, 'X-Content-Type-Options': 'nosniff' });
  });

  it('allows no inline code and no compiling of source text', () => {
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('style-src')).toEqual(["'self'"]);
    expect(contentSecurityPolicy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|'unsafe-hashes'|\*/);
  });

  it('allows other places for nothing but what a person fetches', () => {
    const elsewhere = [...directives].filter(([, sources]) => sources.some((source) => /^https?:|\./.test(source))).map(([name]) => name);
    expect(elsewhere).toEqual(['connect-src']);
    expect(directives.get('default-src')).toEqual(["'self'"]);
    for (const name of ['object-src', 'base-uri', 'form-action']) expect(directives.get(name)).toEqual(["'none'"]);
  });

  it('stands in the built page, too, and only there', () => {
    const plugin = policyInPage();
    expect(plugin.apply).toBe('build');
    const transform = plugin.transformIndexHtml as () => unknown;
    expect(transform()).toEqual([{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy }, injectTo: 'head-prepend' }]);
  });
});
