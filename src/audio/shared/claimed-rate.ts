/** MPEG-1's rates; those of MPEG-2 are halves, and of 2.5 quarters. */
const mpegRates: readonly number[] = [44_100, 48_000, 32_000];

function mpegRate(bytes: Uint8Array): number | null {
  let start = 0;
  // ID3's length has seven bits a byte.
  if (bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33) start = 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + ((bytes[at] ?? 0) & 0x7f), 0);
  // Only there: elsewhere the eleven bits of a frame's beginning are found in any file.
  const at = start + bytes.subarray(start, start + 4096).findIndex((byte) => byte !== 0);
  const [, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const [version, layer, rate] = [(second >> 3) & 3, (second >> 1) & 3, mpegRates[(third >> 2) & 3]];
  if (bytes[at] === 0xff && (second & 0xe0) === 0xe0 && version !== 1 && layer !== 0 && rate !== undefined) return rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  return null;
}

/** Samples a second that a compressed file says it has: MP3, Ogg Vorbis and FLAC; null for others. Opus is always decoded to 48,000. */
export function claimedRate(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = String.fromCharCode(...bytes.subarray(0, 4));
  if (tag === 'OggS') return bytes.length > 44 && bytes[28] === 1 && String.fromCharCode(...bytes.subarray(29, 35)) === 'vorbis' ? view.getUint32(40, true) : null;
  if (tag === 'fLaC') return bytes.length > 21 ? view.getUint32(18) >>> 12 : null;
  return mpegRate(bytes);
}
