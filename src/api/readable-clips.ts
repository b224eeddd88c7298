function isClip(value: object): value is { readonly clip: Blob } {
  return 'kind' in value && value.kind === 'audio' && 'clip' in value;
}

function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Object]' && Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) === null;
}

/** Whether a sound is among what was given, and so something is to be waited for. */
export function hasClips(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return false;
  if (Array.isArray(given)) return given.some(hasClips);
  if (given instanceof Map) return [...given.values()].some(hasClips);
  return isClip(given) || (isPlain(given) && Object.values(given).some(hasClips));
}

/**
 * What was given to a method, with every sound in it as a WAV file: only the page has the browser's decoders, and only workers run models.
 * Whatever holds no sound stays the same object.
 * @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE
 */
export async function withReadableClips<T>(given: T): Promise<T> {
  if (!hasClips(given)) return given;
  return await readable(given) as T;
}

async function readable(given: unknown): Promise<unknown> {
  if (typeof given !== 'object' || given === null || !hasClips(given)) return given;
  if (Array.isArray(given)) return Promise.all(given.map(readable));
  if (given instanceof Map) return new Map(await Promise.all([...given].map(async ([key, value]: [unknown, unknown]) => [key, await readable(value)] as const)));
  if (isClip(given)) {
    const { asWav } = await import('../audio/page/decode-clip');
    return { ...given, clip: await asWav(given.clip) };
  }
  return Object.fromEntries(await Promise.all(Object.entries(given).map(async ([key, value]: [string, unknown]) => [key, await readable(value)] as const)));
}
