import { BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library';
import type { QrCode } from '../shared/qr-code';

const scale = 4;

/** What another library reads from a code's path, painted with four pixels for each module's side. */
export function readQrCode({ size, path }: QrCode): string {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      pixels.fill(0, row * side + Number(x) * scale, row * side + (Number(x) + Number(length)) * scale);
    }
  }
  const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(pixels, side, side)));
  return new QRCodeReader().decode(bitmap, new Map<DecodeHintType, unknown>([[DecodeHintType.PURE_BARCODE, true]])).getText();
}
