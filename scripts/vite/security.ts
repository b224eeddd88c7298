import type { Plugin } from 'vite';

/** Isolation makes SharedArrayBuffer, and with it threads, available. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/**
 * No script, style, font or frame from elsewhere, no inline code, no eval but WebAssembly. `connect-src` is open
 * to http(s), because a person may open a model by its address; nothing is fetched from there unless they ask.
 */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self' blob: data: https: http:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Headers of every file of a build, as `public/_headers` states them for static hosts. */
export const buildHeaders = { ...isolationHeaders, 'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff' };

/** Writes the policy into the built page too, for hosts that send no headers. The development server needs inline styles. */
export function policyInPage(): Plugin {
  return {
    name: 'litescope:policy',
    apply: 'build',
    transformIndexHtml: () => [{
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      injectTo: 'head-prepend',
    }],
  };
}
