import { LitescopeError } from '../../errors';
import type { BundleMember, OpenSource } from '../shared/opened';

/** What a caller may hand over as a model. */
export type ModelSource = string | URL | Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

/** The file's own name, as far as there is one; of a model in a bundle, that one's. */
export function nameOf(source: ModelSource, member?: string): string {
  if (member !== undefined) return member.split('/').at(-1) ?? member;
  if (source instanceof File) return source.name;
  if (typeof source === 'string' || source instanceof URL) return decoded(String(source).split(/[?#]/)[0]?.split('/').at(-1) ?? '') || 'model.tflite';
  return 'model.tflite';
}

/** A name may hold a percent sign that encodes nothing. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * What the opener takes. Bytes are copied, once, into a Blob.
 * @throws LitescopeError INVALID_URL
 */
export function openable(source: ModelSource, expectedSha256: string | undefined, member?: string): OpenSource & BundleMember {
  if (source instanceof Blob) return { kind: 'blob', blob: source, member };
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return { kind: 'blob', blob: new Blob([source]), member };
  if (!URL.canParse(String(source), document.baseURI)) throw new LitescopeError('INVALID_URL', String(source));
  return { kind: 'url', url: new URL(String(source), document.baseURI).href, expectedSha256, member };
}

/** The address that a report may name, so that others open the same file; undefined for what is this page's own or may hold a key. */
export function publicAddress(source: ModelSource): string | undefined {
  if (typeof source !== 'string' && !(source instanceof URL)) return undefined;
  const { href, origin } = new URL(String(source), document.baseURI);
  return /^https?:\/\/[^@?#]{1,900}$/.test(href) && origin !== location.origin ? href : undefined;
}
