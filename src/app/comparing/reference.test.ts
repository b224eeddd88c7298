import { describe, expect, it } from 'vitest';
import { referenceFirst, usualPartner } from './reference';

const work = (id: string, madeFrom?: string) => ({ model: { id, madeFrom } });
const ids = (works: readonly { readonly model: { readonly id: string } }[]): string => works.map(({ model }) => model.id).join(' ');

const original = work('original');
const int8 = work('int8', 'original');
const smaller = work('smaller', 'int8');
const float16 = work('float16', 'original');
const stranger = work('stranger');
const open = [int8, stranger, original, float16, smaller];

describe('referenceFirst', () => {
  it('is the original, whichever of a pair is looked at', () => {
    expect(ids(referenceFirst(open, original, [int8]))).toBe('original int8');
    expect(ids(referenceFirst(open, int8, [original]))).toBe('original int8');
    expect(ids(referenceFirst(open, smaller, [original]))).toBe('original smaller');
    expect(ids(referenceFirst(open, smaller, [int8, original, float16]))).toBe('original smaller int8 float16');
  });

  it('is the model that is looked at where it was made of none of the others', () => {
    expect(ids(referenceFirst(open, stranger, [original, int8]))).toBe('stranger original int8');
    expect(ids(referenceFirst(open, float16, [int8]))).toBe('float16 int8');
    // Its original is closed, and what that was made of cannot be known.
    expect(ids(referenceFirst([smaller, original], smaller, [original]))).toBe('smaller original');
    expect(ids(referenceFirst(open, original, []))).toBe('original');
  });

  it('is what a person chose, as long as it is compared', () => {
    expect(ids(referenceFirst(open, int8, [original], 'int8'))).toBe('int8 original');
    expect(ids(referenceFirst(open, original, [int8], 'int8'))).toBe('int8 original');
    expect(ids(referenceFirst(open, int8, [original], 'stranger'))).toBe('original int8');
  });

  it('ends where files were made of themselves or of each other', () => {
    const [own, one, other] = [work('own', 'own'), work('one', 'other'), work('other', 'one')];
    expect(ids(referenceFirst([own, one, other], own, [one]))).toBe('own one');
    expect(ids(referenceFirst([own, one, other], one, [other]))).toBe('other one');
    expect(ids(referenceFirst([own, one, other], other, [one]))).toBe('one other');
  });
});

it('usualPartner is the original, else the latest variant, else the latest other model', () => {
  expect(usualPartner(open, smaller)).toBe(int8);
  expect(usualPartner(open, float16)).toBe(original);
  expect(usualPartner(open, original)).toBe(float16);
  expect(usualPartner(open, stranger)).toBe(smaller);
  expect(usualPartner([stranger], stranger)).toBeNull();
});
