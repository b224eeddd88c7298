/** Pictures of noise, and files of them that need no decoder to be made. */

/** RGBA bytes; opaque but for the last column. */
export function picture(width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < data.length; index++) data[index] = index % 4 === 3 ? ((index >> 2) % width === width - 1 ? 100 : 255) : (index * 7919 + (index >> 3) * 104729) % 256;
  return data;
}

/** The same picture as an uncompressed bitmap of 24 bits, without its alpha. */
export function bmpOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const data = picture(width, height);
  const [header, stride] = [54, Math.ceil((width * 3) / 4) * 4];
  const bytes = new Uint8Array(header + stride * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  for (const [at, value] of [[2, bytes.length], [10, header], [14, 40], [18, width], [22, height], [34, stride * height]] as const) view.setUint32(at, value, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      // From the last row up, blue first.
      const [from, to] = [(y * width + x) * 4, header + (height - 1 - y) * stride + x * 3];
      for (const channel of [0, 1, 2]) bytes[to + channel] = data[from + 2 - channel] ?? 0;
    }
  }
  return bytes;
}
