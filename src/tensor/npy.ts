import { LitescopeError } from '../errors';
import { tensor } from '../messages/tensor';
import { elementCount, type ValueDType } from './dtype';
import { bytesPerElement, type ValueTensor } from './values';

/** An array from a `.npy` file: little-endian elements, last dimension fastest, in a buffer of their own. */
export interface NpyArray {
  readonly dtype: ValueDType;
  readonly shape: readonly number[];
  readonly data: ArrayBuffer;
}

interface NpyHeader {
  readonly dtype: ValueDType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

const magic = '\x93NUMPY';
/** NumPy's own limit; a plain numeric array needs some 100 bytes. */
const maximumHeaderBytes = 10_000;
/** NumPy's own limit. */
const maximumDimensions = 64;

const descriptions: { readonly [D in ValueDType]: string } = {
  float32: '<f4', float16: '<f2', float64: '<f8', int8: '|i1', uint8: '|u1', int16: '<i2', uint16: '<u2',
  int32: '<i4', uint32: '<u4', int64: '<i8', uint64: '<u8', bool: '|b1',
};
const dtypeByCode = new Map(Object.entries(descriptions).map(([dtype, description]) => [description.slice(1), dtype as ValueDType]));

/**
 * Reads the first array of a `.npy` file (format 1.0, 2.0 or 3.0; numeric or bool; either byte order; Fortran order is
 * turned into C order). Float16 stays as bits. Bytes after the array are left alone, as NumPy does.
 *
 * @throws LitescopeError INVALID_NPY for anything else, however damaged
 */
export function readNpy(bytes: ArrayBuffer): NpyArray {
  const { text, dataOffset } = readHeaderText(bytes);
  const { dtype, bigEndian, fortranOrder, shape } = parseHeader(text);
  const byteLength = checkedElementCount(shape) * bytesPerElement(dtype);
  if (byteLength > bytes.byteLength - dataOffset) {
    throw invalid(tensor.npy.tooFewBytes(`${dtype}[${shape.join(', ')}]`, byteLength, bytes.byteLength - dataOffset));
  }
  const data = bytes.slice(dataOffset, dataOffset + byteLength);
  if (bigEndian) swapByteOrder(data, bytesPerElement(dtype));
  if (dtype === 'bool') normaliseBools(data);
  return { dtype, shape, data: fortranOrder ? toRowMajor(data, bytesPerElement(dtype), shape) : data };
}

/**
 * A `.npy` file of format 1.0 as `numpy.save` writes it, byte for byte. Quantized tensors keep their stored integers.
 * Layout: `\x93NUMPY`, version 1 0, header length (uint16), a Python dictionary padded with spaces and a line feed so
 * that the elements start at a multiple of 64 bytes, then the elements.
 *
 * @throws LitescopeError INVALID_INPUT when the data are not as long as the shape says
 */
export function writeNpy({ dtype, shape, data }: ValueTensor): Uint8Array<ArrayBuffer> {
  if (data.byteLength !== elementCount(shape) * bytesPerElement(dtype)) {
    throw new LitescopeError('INVALID_INPUT', tensor.npy.otherLength(`${dtype}[${shape.join(', ')}]`, data.byteLength));
  }
  const start = npyStart(descriptions[dtype], shape);
  const file = new Uint8Array(start.length + data.byteLength);
  file.set(start);
  file.set(new Uint8Array(data), start.length);
  return file;
}

/** All before the elements. */
function npyStart(description: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  // NumPy leaves room for the first dimension to grow to 21 digits in place.
  const growth = shape.length === 0 ? '' : ' '.repeat(21 - String(shape[0]).length);
  const dictionary = `{'descr': '${description}', 'fortran_order': False, 'shape': ${tuple}, }${growth}`;
  const prefix = 10;
  const dataOffset = Math.ceil((prefix + dictionary.length + 1) / 64) * 64;
  const header = `${dictionary.padEnd(dataOffset - prefix - 1)}\n`;
  const start = new Uint8Array(dataOffset);
  start.set(latin1(magic));
  start.set([1, 0, header.length & 0xff, header.length >> 8], magic.length);
  start.set(latin1(header), prefix);
  return start;
}

export interface NpySamples {
  readonly count: number;
  /** A `.npy` file of one sample. Making thousands takes a while. */
  readonly at: (index: number) => Blob;
}

/**
 * The samples in a `.npy` file, each as a file of its own: the array itself where it has as many elements as the tensor,
 * else one for each place along its first dimension. Nothing but the header is read; the parts refer to the file.
 *
 * @param shape the tensor that a sample is for
 * @throws LitescopeError INVALID_NPY; INVALID_INPUT for an array that holds no samples of this shape
 */
export async function npySamples(file: Blob, shape: readonly number[]): Promise<NpySamples> {
  const { text, dataOffset } = readHeaderText(await file.slice(0, 12 + maximumHeaderBytes).arrayBuffer());
  const { dtype, bigEndian, fortranOrder, shape: whole } = parseHeader(text);
  const wanted = elementCount(shape);
  if (checkedElementCount(whole) === wanted) return { count: 1, at: () => file };
  const [count = 0, ...sample] = whole;
  if (count === 0 || elementCount(sample) !== wanted) throw new LitescopeError('INVALID_INPUT', tensor.npy.noSamples(`${dtype}[${whole.join(', ')}]`, `[${shape.join(', ')}]`));
  if (fortranOrder) throw invalid(tensor.npy.fortranSamples);
  const bytes = wanted * bytesPerElement(dtype);
  if (dataOffset + count * bytes > file.size) throw invalid(tensor.npy.samplesTooShort(count, count * bytes, file.size - dataOffset));
  const start = npyStart(bigEndian ? `>${descriptions[dtype].slice(1)}` : descriptions[dtype], sample);
  return { count, at: (index) => new Blob([start, file.slice(dataOffset + index * bytes, dataOffset + (index + 1) * bytes)]) };
}

/** The shape of the array in a `.npy` file, of which nothing but the header is read. @throws LitescopeError INVALID_NPY */
export async function npyShape(file: Blob): Promise<readonly number[]> {
  return parseHeader(readHeaderText(await file.slice(0, 12 + maximumHeaderBytes).arrayBuffer()).text).shape;
}

function readHeaderText(bytes: ArrayBuffer): { readonly text: string; readonly dataOffset: number } {
  const view = new DataView(bytes);
  const start = new Uint8Array(bytes, 0, Math.min(12, bytes.byteLength));
  if (start.length < 10 || String.fromCharCode(...start.subarray(0, 6)) !== magic) throw invalid(tensor.npy.noSignature);
  const version = view.getUint8(6);
  if (version < 1 || version > 3 || view.getUint8(7) !== 0) throw invalid(tensor.npy.unknownFormat(`${version}.${view.getUint8(7)}`));
  if (version > 1 && start.length < 12) throw invalid(tensor.npy.headerCutOff);
  const headerOffset = version === 1 ? 10 : 12;
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerBytes > maximumHeaderBytes) throw invalid(tensor.npy.headerTooLong(headerBytes));
  if (headerOffset + headerBytes > bytes.byteLength) throw invalid(tensor.npy.headerCutOff);
  const text = Array.from(new Uint8Array(bytes, headerOffset, headerBytes), (byte) => String.fromCharCode(byte)).join('');
  return { text, dataOffset: headerOffset + headerBytes };
}

/** One entry of the header's dictionary with the comma behind it: a string, True, False or a tuple of whole numbers. */
const headerEntry = /\s*(['"])(\w+)\1\s*:\s*(?:(['"])([^'"]*)\3|(True|False)|\(([\d,L\s]*)\))\s*(,\s*|$)/y;

function parseHeader(text: string): NpyHeader {
  const dictionary = /^\s*\{([^{}]*)\}\s*$/.exec(text)?.[1];
  if (dictionary === undefined) throw invalid(tensor.npy.noDictionary);
  const entries = new Map<string, { readonly text: string | undefined; readonly flag: string | undefined; readonly tuple: string | undefined }>();
  headerEntry.lastIndex = 0;
  let end = 0;
  for (let entry = headerEntry.exec(dictionary); entry !== null && end < dictionary.length; entry = headerEntry.exec(dictionary)) {
    entries.set(entry[2] ?? '', { text: entry[4], flag: entry[5], tuple: entry[6] });
    end = headerEntry.lastIndex;
  }
  const description = entries.get('descr')?.text;
  const flag = entries.get('fortran_order')?.flag;
  const tuple = entries.get('shape')?.tuple;
  if (end !== dictionary.length || entries.size !== 3 || description === undefined || flag === undefined || tuple === undefined) {
    throw invalid(tensor.npy.noPlainNumbers);
  }
  const dtype = /^[<>|=]/.test(description) ? dtypeByCode.get(description.slice(1)) : undefined;
  if (dtype === undefined) throw invalid(tensor.npy.unusableType(description));
  return { dtype, bigEndian: description.startsWith('>'), fortranOrder: flag === 'True', shape: parseShape(tuple) };
}

/** Python 2 wrote long dimensions with an L behind them. */
function parseShape(tuple: string): number[] {
  const parts = tuple.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  if (parts.length > maximumDimensions || !parts.every((part) => /^\d+L?$/.test(part))) throw invalid(tensor.npy.noShape(`(${tuple})`));
  return parts.map((part) => Number(part.replace('L', '')));
}

function checkedElementCount(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const elements = elementCount(shape);
  if (!Number.isSafeInteger(elements)) throw invalid(tensor.npy.tooLarge(`[${shape.join(', ')}]`));
  return elements;
}

function swapByteOrder(data: ArrayBuffer, elementBytes: number): void {
  const bytes = new Uint8Array(data);
  for (let start = 0; start < bytes.length; start += elementBytes) bytes.subarray(start, start + elementBytes).reverse();
}

function normaliseBools(data: ArrayBuffer): void {
  const bytes = new Uint8Array(data);
  for (let index = 0; index < bytes.length; index++) bytes[index] = bytes[index] === 0 ? 0 : 1;
}

/** Fortran order counts the first dimension fastest, tensors the last one. */
function toRowMajor(data: ArrayBuffer, elementBytes: number, shape: readonly number[]): ArrayBuffer {
  if (shape.length < 2 || data.byteLength === 0) return data;
  const source = new Uint8Array(data);
  const target = new Uint8Array(data.byteLength);
  const position = shape.map(() => 0);
  const strides = shape.map((_, dimension) => elementCount(shape.slice(0, dimension)) * elementBytes);
  let from = 0;
  for (let to = 0; to < target.length; to += elementBytes) {
    for (let byte = 0; byte < elementBytes; byte++) target[to + byte] = source[from + byte] ?? 0;
    for (let dimension = shape.length - 1; dimension >= 0; dimension--) {
      const next = (position[dimension] ?? 0) + 1;
      const stride = strides[dimension] ?? 0;
      if (next < (shape[dimension] ?? 0)) {
        position[dimension] = next;
        from += stride;
        break;
      }
      position[dimension] = 0;
      from -= stride * (next - 1);
    }
  }
  return target.buffer;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function invalid(details: string): LitescopeError {
  return new LitescopeError('INVALID_NPY', details);
}
