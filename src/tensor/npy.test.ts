import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementCount, valueDtypes, type ValueDType } from './dtype';
import { npySamples, readNpy, writeNpy } from './npy';
import { bytesPerElement } from './values';

/** A file as numpy.save would write it, with any header text. */
function file(header: string, elements: readonly number[] | Uint8Array = [], version = 1): ArrayBuffer {
  const text = `${header}\n`;
  const length = version === 1 ? [text.length & 0xff, text.length >> 8] : [text.length & 0xff, text.length >> 8, 0, 0];
  return Uint8Array.of(0x93, ...ascii('NUMPY'), version, 0, ...length, ...ascii(text), ...elements).buffer;
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function header(descr: string, shape: string, order = 'False'): string {
  return `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
}

const bytesOf = (data: ArrayBuffer): number[] => [...new Uint8Array(data)];

describe('writeNpy', () => {
  it('writes what numpy 2.4 saves, byte for byte', () => {
    // np.save(f, np.array([[1.5, -2, 3]], dtype='<f4'))
    const dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }";
    const expected = [0x93, ...ascii('NUMPY'), 1, 0, 118, 0, ...ascii(dictionary.padEnd(117)), 0x0a, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x40, 0x40];
    const written = writeNpy({ dtype: 'float32', shape: [1, 3], data: Float32Array.of(1.5, -2, 3).buffer });
    expect(written).toHaveLength(140);
    expect([...written]).toEqual(expected);
  });

  it('aligns the elements to 64 bytes and ends the header with a line feed, whatever the shape', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }).filter((shape) => elementCount(shape) < 1000), (shape) => {
      const written = writeNpy({ dtype: 'uint8', shape, data: new ArrayBuffer(elementCount(shape)) });
      const offset = written.length - elementCount(shape);
      expect(offset % 64).toBe(0);
      expect(written[offset - 1]).toBe(0x0a);
      expect((written[8] ?? 0) + (written[9] ?? 0) * 256).toBe(offset - 10);
    }));
  });

  it('refuses data of another length than the shape says', () => {
    expect(() => writeNpy({ dtype: 'float32', shape: [2], data: new ArrayBuffer(4) })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('readNpy', () => {
  it('gives back what writeNpy wrote, for every type and shape', () => {
    const arrays = fc.tuple(fc.constantFrom(...valueDtypes), fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })).chain(([dtype, shape]) => {
      const length = elementCount(shape) * bytesPerElement(dtype);
      return fc.uint8Array({ minLength: length, maxLength: length, max: dtype === 'bool' ? 1 : 255 }).map((bytes) => ({ dtype, shape, data: bytes.slice().buffer }));
    });
    fc.assert(fc.property(arrays, (array) => {
      expect(readNpy(writeNpy(array).buffer)).toEqual(array);
    }));
  });

  const saved: readonly [string, ArrayBuffer, ValueDType, readonly number[], readonly number[]][] = [
    ['a scalar', file(header('<f2', '()'), [0, 0x41]), 'float16', [], [0, 0x41]],
    ['big-endian numbers', file(header('>i4', '(2,)'), [0, 0, 0, 1, 0, 0, 1, 0]), 'int32', [2], [1, 0, 0, 0, 0, 1, 0, 0]],
    // np.asfortranarray(np.arange(6, dtype='<i2').reshape(2, 3))
    ['Fortran order', file(header('<i2', '(2, 3)', 'True'), [0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5, 0]), 'int16', [2, 3], [0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0]],
    // np.asfortranarray(np.arange(24, dtype='u1').reshape(2, 3, 4))
    ['Fortran order in three dimensions', file(header('|u1', '(2, 3, 4)', 'True'), [0, 12, 4, 16, 8, 20, 1, 13, 5, 17, 9, 21, 2, 14, 6, 18, 10, 22, 3, 15, 7, 19, 11, 23]), 'uint8', [2, 3, 4], Array.from({ length: 24 }, (_, index) => index)],
    ['bool, also with bytes other than 0 and 1', file(header('|b1', '(3,)'), [1, 0, 7]), 'bool', [3], [1, 0, 1]],
    ['format 2.0', file(header('|i1', '(1,)'), [5], 2), 'int8', [1], [5]],
    ['format 3.0', file(header('|i1', '(1,)'), [5], 3), 'int8', [1], [5]],
    ['Python 2’s long dimensions', file(header('|u1', '(2L,)'), [5, 6]), 'uint8', [2], [5, 6]],
    ['double quotes, another order, no spaces', file('{"shape":(1,2),"fortran_order":False,"descr":"|u1"}', [5, 6]), 'uint8', [1, 2], [5, 6]],
    ['an array without elements', file(header('<f8', '(0, 9007199254740991, 9007199254740991)')), 'float64', [0, 9007199254740991, 9007199254740991], []],
    ['the first of several arrays', file(header('|u1', '(1,)'), [5, 6, 7]), 'uint8', [1], [5]],
  ];
  it.each(saved)('reads %s', (_, bytes, dtype, shape, elements) => {
    const array = readNpy(bytes);
    expect({ dtype: array.dtype, shape: array.shape, elements: bytesOf(array.data) }).toEqual({ dtype, shape, elements });
  });

  const hostile: readonly [string, ArrayBuffer][] = [
    ['no bytes', new ArrayBuffer(0)],
    ['another file', Uint8Array.from(ascii('GIF89a and more')).buffer],
    ['only the signature', Uint8Array.of(0x93, ...ascii('NUMPY')).buffer],
    ['a version of the future', file(header('<f4', '(0,)'), [], 4)],
    ['a header length cut off', Uint8Array.of(0x93, ...ascii('NUMPY'), 2, 0, 1, 0).buffer],
    ['a header beyond the end', Uint8Array.of(0x93, ...ascii('NUMPY'), 1, 0, 200, 0, 32, 32).buffer],
    ['a header of 4 GB', Uint8Array.of(0x93, ...ascii('NUMPY'), 2, 0, 255, 255, 255, 255, 32).buffer],
    ['no dictionary', file('hello')],
    ['a missing key', file("{'descr': '<f4', 'shape': (0,), }")],
    ['a key too many', file("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), 'more': True}")],
    ['code in the header', file("{'descr': __import__('os'), 'fortran_order': False, 'shape': (0,), }")],
    ['a structured type', file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (0,), }")],
    ['objects', file(header('|O', '(0,)'))],
    ['text', file(header('<U1', '(1,)'), [97, 0, 0, 0])],
    ['complex numbers', file(header('<c8', '(1,)'), [0, 0, 0, 0, 0, 0, 0, 0])],
    ['bfloat16', file(header('|V2', '(1,)'), [0, 0])],
    ['a negative dimension', file(header('|u1', '(-1,)'))],
    ['a dimension that is no number', file(header('|u1', '(1 2,)'))],
    ['too many dimensions', file(header('|u1', `(${'1,'.repeat(65)})`), [1])],
    ['a size beyond all numbers', file(header('|u1', '(99999999999999999999, 99999999999999999999)'))],
    ['fewer elements than the shape says', file(header('<f4', '(2,)'), [0, 0, 0, 0])],
  ];
  it.each(hostile)('refuses %s', (_, bytes) => {
    expect(() => readNpy(bytes)).toThrow(expect.objectContaining({ code: 'INVALID_NPY' }));
  });

  it('meets any damage with INVALID_NPY or an array, and quickly', () => {
    const good = new Uint8Array(file(header('<f4', '(2, 3)'), new Uint8Array(24)));
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }).map((changes) => {
        const bytes = good.slice();
        for (const [position, value] of changes) bytes[position] = value;
        return bytes;
      }),
      fc.nat(good.length).map((length) => good.slice(0, length)),
      fc.string({ maxLength: 300 }).map((text) => new Uint8Array(file(text))),
    );
    fc.assert(fc.property(damaged, (bytes) => {
      try {
        const array = readNpy(bytes.slice().buffer);
        expect(array.data.byteLength).toBe(elementCount(array.shape) * bytesPerElement(array.dtype));
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_NPY' });
      }
    }), { numRuns: 2000 });
  });
});

describe('npySamples', () => {
  const partsOf = async (array: Blob, shape: readonly number[]): Promise<Blob[]> => {
    const { count, at } = await npySamples(array, shape);
    return Array.from({ length: count }, (_, index) => at(index));
  };
  const digits = writeNpy({ dtype: 'uint8', shape: [3, 2, 2], data: Uint8Array.from({ length: 12 }, (_, index) => index).buffer });

  it('an array of the tensor’s size is one sample', async () => {
    const file = new Blob([digits]);
    const { count, at } = await npySamples(file, [1, 12]);
    expect([count, at(0)]).toEqual([1, file]);
  });

  it('a longer one is a sample for each place along its first dimension', async () => {
    const parts = await partsOf(new Blob([digits]), [1, 2, 2, 1]);
    expect(await Promise.all(parts.map(async (part) => { const { dtype, shape, data } = readNpy(await part.arrayBuffer()); return [dtype, shape, [...new Uint8Array(data)]]; }))).toEqual([
      ['uint8', [2, 2], [0, 1, 2, 3]], ['uint8', [2, 2], [4, 5, 6, 7]], ['uint8', [2, 2], [8, 9, 10, 11]],
    ]);
  });

  it('elements of the other byte order stay what they are', async () => {
    const little = writeNpy({ dtype: 'float32', shape: [2, 1], data: new Uint8Array([0x3f, 0x80, 0, 0, 0x40, 0, 0, 0]).buffer });
    const big = Uint8Array.from(little);
    big.set(new TextEncoder().encode('>'), new TextDecoder('latin1').decode(little).indexOf('<f4'));
    const parts = await partsOf(new Blob([big]), [1]);
    expect(await Promise.all(parts.map(async (part) => new Float32Array(readNpy(await part.arrayBuffer()).data)[0]))).toEqual([1, 2]);
  });

  it.each<[string, Uint8Array<ArrayBuffer>, readonly number[], string]>([
    ['other sizes', digits, [3], 'INVALID_INPUT'], ['no NumPy file', new Uint8Array(40), [4], 'INVALID_NPY'], ['a file that ends early', digits.slice(0, -1), [4], 'INVALID_NPY'],
    ['none at all', writeNpy({ dtype: 'uint8', shape: [0, 4], data: new ArrayBuffer(0) }), [4], 'INVALID_INPUT'],
  ])('%s', async (_, bytes, shape, code) => {
    await expect(npySamples(new Blob([bytes]), shape)).rejects.toMatchObject({ code });
  });
});
