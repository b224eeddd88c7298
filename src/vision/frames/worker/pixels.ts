import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** Where a plane's rows lie in the data, in bytes; the form in which VideoFrame.copyTo tells it. */
export interface PlaneLayout {
  /** Of the first sample. */
  readonly offset: number;
  /** From the start of one row to that of the next. */
  readonly stride: number;
}

/** How Y, U and V stand for colours: the weights of red and blue in the luma, and which codes are black and white. */
export interface YuvColour {
  readonly matrix: 'bt601' | 'bt709';
  /** `limited`: luma 16 to 235, chroma 16 to 240. `full`: 0 to 255. */
  readonly range: 'limited' | 'full';
}

interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** All planes, 8 bits a sample. */
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly planes: readonly PlaneLayout[];
}

export type PackedFormat = 'RGBA' | 'RGBX' | 'BGRA' | 'BGRX';
export type YuvFormat = 'I420' | 'NV12';
export type PixelFormat = PackedFormat | YuvFormat;

/** One plane of four bytes a pixel in the order of the name, not premultiplied; X is read as opaque whatever it holds. */
export interface PackedPixels extends Picture {
  readonly format: PackedFormat;
}

/**
 * A plane of luma and, at half the resolution (rounded up), chroma: a plane each of U and V in I420, one plane of U, V
 * in turn in NV12.
 */
export interface YuvPixels extends Picture {
  readonly format: YuvFormat;
  readonly colour: YuvColour;
}

/** A picture as canvases and cameras give it. */
export type PixelSource = PackedPixels | YuvPixels;

/** A plane of a format: every `block` × `block` pixels share a sample of `bytes` bytes. */
export interface PlaneForm {
  readonly bytes: number;
  readonly block: 1 | 2;
}

const packed: readonly PlaneForm[] = [{ bytes: 4, block: 1 }];

/** The planes of each format, in order. */
export const planeForms: Readonly<Record<PixelFormat, readonly PlaneForm[]>> = {
  RGBA: packed,
  RGBX: packed,
  BGRA: packed,
  BGRX: packed,
  I420: [{ bytes: 1, block: 1 }, { bytes: 1, block: 2 }, { bytes: 1, block: 2 }],
  NV12: [{ bytes: 1, block: 1 }, { bytes: 2, block: 2 }],
};

/** A picture of a canvas, over the same memory. */
export function rgbaPixels({ width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray | Uint8Array }): PackedPixels {
  return { format: 'RGBA', width, height, data, planes: [{ offset: 0, stride: width * 4 }] };
}

/** @throws LitescopeError INVALID_IMAGE when the data do not hold the planes of a picture of that size and format */
export function checkPixels({ format, width, height, data, planes }: PixelSource): void {
  const forms = planeForms[format];
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  const fits = whole && planes.length === forms.length && forms.every(({ bytes, block }, index) => {
    const { offset = NaN, stride = NaN } = planes[index] ?? {};
    const rowBytes = Math.ceil(width / block) * bytes;
    const end = offset + (Math.ceil(height / block) - 1) * stride + rowBytes;
    return Number.isInteger(offset) && Number.isInteger(stride) && offset >= 0 && stride >= rowBytes && end <= data.length;
  });
  if (!fits) throw new LitescopeError('INVALID_IMAGE', text.bytesNoPicture(data.length, format, width, height));
}
