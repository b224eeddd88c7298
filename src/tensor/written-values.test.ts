import { describe, expect, it } from 'vitest';
import { errorOf } from '../threads/testing/errors';
import { writtenValues } from './written-values';

describe('numbers as they are written', () => {
  it.each([
    ['5.1,3.5,1.4,0.2', [5.1, 3.5, 1.4, 0.2]],
    [' 5.1 ; 3.5\n1.4\t−0.2 ', [5.1, 3.5, 1.4, -0.2]],
    ['[1, 2, 3e-4,]', [1, 2, 3e-4]],
    ['7', [7]],
  ])('%j are read', (written, values) => { expect(writtenValues(written)).toEqual(values); });

  it.each([
    ['5.1,,1.4', 'Value 2 is empty.'],
    ['', 'Value 1 is empty.'],
    ['1, two, 3', '“two”, value 2, is no number.'],
    ['1 NaN', '“NaN”, value 2, is no number.'],
    ['1 1e999', '“1e999”, value 2, is no number.'],
  ])('%j say where they are none', (written, details) => {

    const error = errorOf(() => writtenValues(written));
    expect([error.code, error.details]).toEqual(['NOT_A_NUMBER', details]);
  });
});
