import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../tflite/testing/mutations';
import { qrCode } from './qr-code';
import { readQrCode } from '../testing/read-qr-code';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

describe('a QR code', () => {
  it.each([1, 40, 300, 1200, 2900])('of %i characters is read by another library', { timeout: 60_000 }, (length) => {
    const random = randomNumbers(length);
    const text = `https://example.org/#report=1.${Array.from({ length }, () => alphabet[Math.floor(random() * 64)] ?? '').join('')}`.slice(0, length);
    expect(readQrCode(qrCode(text))).toBe(text);
  });
});
