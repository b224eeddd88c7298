import fc from 'fast-check';
import { builder } from 'flatbuffers/js/flexbuffers.js';
import { describe, expect, test } from 'vitest';
import { type FlexValue, maximumFlexValues, readFlexBuffer } from './flexbuffer';

/** Written by the flatbuffers package. */
function written(write: (made: ReturnType<typeof builder>) => void): Uint8Array {
  const made = builder();
  write(made);
  return made.finish();
}

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

function add(made: ReturnType<typeof builder>, value: Plain): void {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') made.add(value);
  else if (typeof value === 'number') { if (Number.isSafeInteger(value)) made.addInt(value); else made.addFloat(value); }
  else if (Array.isArray(value)) {
    made.startVector();
    for (const each of value as readonly Plain[]) add(made, each);
    made.end();
  } else {
    made.startMap();
    for (const [key, each] of Object.entries(value)) {
      made.addKey(key);
      add(made, each);
    }
    made.end();
  }
}

function plain(value: FlexValue | undefined): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plain(each)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('FlexBuffers', () => {
  test('the settings of an SSD detector, as its converter writes them', () => {
    const settings = { max_detections: 10, max_classes_per_detection: 1, nms_score_threshold: 0.5, use_regular_nms: false, y_scale: 10, name: 'SSD', anchors: [1, 2, 300], 'a key, naïve': null };
    expect(plain(readFlexBuffer(written((made) => { add(made, settings); })))).toEqual(settings);
  });

  test('anything that the package writes', () => {
    const key = fc.string({ minLength: 1, maxLength: 8 }).filter((each) => !each.includes('\0') && each !== '__proto__');
    // The package writes floats of 32 bits wrongly beside values of 64 bits.
    const double = fc.double({ noNaN: true }).filter((each) => Math.fround(each) !== each);
    const { value } = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant(null), fc.boolean(), fc.integer(), fc.integer({ min: -(2 ** 45), max: 2 ** 45 }), double, fc.string({ maxLength: 20 }),
        fc.array(tie('value'), { maxLength: 6 }), fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
      ),
    }));
    fc.assert(fc.property(value, (each) => { expect(plain(readFlexBuffer(written((made) => { add(made, each); })))).toEqual(each); }), { numRuns: 500 });
  });

  // By hand, from the description of the format: type and width of the root in the last but one byte, its own width in the last.
  test.each<[name: string, bytes: readonly number[], value: FlexValue]>([
    ['an integer', [0xfe, 1 << 2, 1], -2],
    ['a vector of three bytes', [3, 1, 2, 255, 3, (11 << 2), 1], [1, 2, -1]],
    ['three unsigned bytes without a length', [1, 2, 255, 3, 20 << 2, 1], [1, 2, 255]],
    ['two floats without a length', [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 8, (18 << 2) | 2, 1], [1, -2.5]],
    ['a float of zero', [0, 0, 0, 0, (3 << 2) | 2, 4], 0],
    ['truths', [2, 1, 0, 2, 36 << 2, 1], [true, false]],
    ['an integer elsewhere', [0x39, 0x30, 2, (6 << 2) | 1, 1], 12345],
    ['bytes', [2, 7, 8, 2, 25 << 2, 1], Uint8Array.of(7, 8)],
    ['an integer of 64 bits', [0, 0, 0, 0, 0, 0, 0, 0x80, (1 << 2) | 3, 8], -(2n ** 63n)],
  ])('%s', (_, bytes, value) => {
    expect(readFlexBuffer(Uint8Array.from(bytes))).toEqual(value);
  });
});

describe('bytes that are none', () => {
  test.each<[name: string, bytes: readonly number[]]>([
    ['none at all', []],
    ['a width of zero', [1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0]],
    ['a width of three', [1, 2, 3, 4, 3]],
    ['an unknown type', [1, 1, 30 << 2, 1]],
    ['a vector that leads to itself', [1, 0, 40, 0, 10 << 2, 1]],
    ['a vector longer than the bytes', [200, 1, 1, 11 << 2, 1]],
    ['a text that is not UTF-8', [1, 0xff, 0, 2, 5 << 2, 1]],
    ['a key without an end', [65, 66, 2, 4 << 2, 1]],
  ])('%s', (_, bytes) => {
    expect(readFlexBuffer(Uint8Array.from(bytes))).toBeUndefined();
  });

  test('vectors of vectors that few bytes describe without end', () => {
    // Each level holds the one below it twice.
    const bytes: number[] = [0];
    let below = 0;
    for (let level = 0; level < 20; level += 1) {
      const at = bytes.length + 1;
      bytes.push(2, at - below, at + 1 - below, level === 0 ? 0 : 10 << 2, level === 0 ? 0 : 10 << 2);
      below = at;
    }
    bytes.push(bytes.length - below, 10 << 2, 1);
    expect(readFlexBuffer(Uint8Array.from(bytes))).toBeUndefined();
    expect(2 ** 20).toBeGreaterThan(maximumFlexValues);
  });

  test('any bytes end in a value or in none, and soon', () => {
    const started = performance.now();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(1, 2, 4, 8), fc.nat(255), (bytes, width, type) => { readFlexBuffer(Uint8Array.of(...bytes, type, width)); }), { numRuns: 5000 });
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
