import type { Connect, Plugin } from 'vite';

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
  "manifest-src 'self'",
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

/**
 * Sends headers with every answer of the development server and the preview, also where a cache is only told that it is
 * still right (304), as both forget to: WebKit takes a script that was cached for a worker by the headers of that answer.
 */
export function headersOnEveryAnswer(): Plugin {
  const send = (headers: Readonly<Record<string, string>>): Connect.NextHandleFunction => (_, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  };
  return {
    name: 'litescope:headers',
    // The development server needs inline scripts and styles.
    configureServer: ({ middlewares }) => { middlewares.use(send(isolationHeaders)); },
    configurePreviewServer: ({ middlewares }) => { middlewares.use(send(buildHeaders)); },
  };
}

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
