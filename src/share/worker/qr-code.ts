import { encode } from 'uqr';
import type { QrCode } from '../shared/qr-code';

/** Light modules around a code, as ISO/IEC 18004 asks for. */
const quietZone = 4;

/** Draws a text as a QR code. One of 40 holds 2,953 characters at most. */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'L', border: quietZone });
  const path = data.flatMap((row, y) => {
    const runs: string[] = [];
    for (let x = 0; x < row.length; x += 1) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x += 1;
      const length = x + 1 - start;
      runs.push(`M${start} ${y}h${length}v1h-${length}z`);
    }
    return runs;
  }).join('');
  return { size, path };
}
