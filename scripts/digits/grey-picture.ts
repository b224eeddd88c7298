/**
 * A square picture of grey values as a Windows bitmap of 8 bits a pixel: a file header, an information header, a palette
 * of 256 greys, then the rows from the bottom up. Every browser shows it, and it needs no compression.
 *
 * @param side a multiple of 4, as rows are padded to that many bytes
 */
export function greyPicture(pixels: Uint8Array, side: number): Uint8Array<ArrayBuffer> {
  const [headers, palette] = [54, 1024];
  const file = new Uint8Array(headers + palette + side * side);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]);
  view.setUint32(2, file.length, true);
  view.setUint32(10, headers + palette, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, side, true);
  view.setInt32(22, side, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 8, true);
  view.setUint32(34, side * side, true);
  for (let grey = 0; grey < 256; grey++) file.fill(grey, headers + 4 * grey, headers + 4 * grey + 3);
  for (let row = 0; row < side; row++) file.set(pixels.subarray(row * side, (row + 1) * side), headers + palette + (side - 1 - row) * side);
  return file;
}
