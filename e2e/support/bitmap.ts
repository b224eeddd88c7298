/** Pictures that tests make: BMP is the one format whose bytes are its pixels. */

/** A grey picture as a .bmp file. @param pixels 0 to 255 in rows from the top */
export function greyBitmap(width: number, height: number, pixels: readonly number[] | Uint8Array): Uint8Array<ArrayBuffer> {
  const [headers, rowBytes] = [54, Math.ceil((width * 3) / 4) * 4];
  const bytes = new Uint8Array(headers + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, headers, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  // Rows from the top.
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) bytes.fill(pixels[row * width + column] ?? 0, headers + row * rowBytes + column * 3, headers + row * rowBytes + column * 3 + 3);
  }
  return bytes;
}
