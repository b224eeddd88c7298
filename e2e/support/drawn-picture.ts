/** A rectangle of one colour: red, green and blue, 0 to 255. */
export interface Patch {
  readonly colour: readonly [number, number, number];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A BMP file with rectangles on black; later ones cover earlier ones. */
export function drawnPicture(width: number, height: number, patches: readonly Patch[]): Uint8Array {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const headBytes = 54;
  const bytes = new Uint8Array(headBytes + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, headBytes, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  // A negative height counts rows from the top.
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (const { colour: [red, green, blue], x, y, width: columns, height: rows } of patches) {
    for (let row = y; row < y + rows; row++) {
      for (let column = x; column < x + columns; column++) bytes.set([blue, green, red], headBytes + row * rowBytes + column * 3);
    }
  }
  return bytes;
}
