/** As `scripts/vite/security.ts` states them for hosts; they make a page isolated, which its threads need. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/**
 * An answer with the headers that isolate page and workers; the same one where the host sent them. One that was redirected
 * becomes one that was not: a browser takes no other for a page.
 */
export function isolated(response: Response): Response {
  const names = ['Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'] as const;
  if (!response.ok || (!response.redirected && names.every((name) => response.headers.get(name) === isolation[name]))) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(isolation)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
