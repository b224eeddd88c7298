import { expect, test } from 'vitest';
import { pairSentence } from './pair-text';

test.each([
  [{ bytes: [229_032, 188_000], ratio: { ratio: 1.104, verdict: 'slower' }, agreement: 'IoU 0.98' }, 'B is 188 kB, 0.82 × the size of A, and takes 1.10 × its time. IoU 0.98.'],
  [{ bytes: [1000, 1000], ratio: { ratio: 1.004, verdict: 'no measurable difference' }, agreement: 'same class' }, 'B is as large as A, 1.00 kB, and as fast as far as can be measured. Same class.'],
  [{ bytes: [1000, 2000], ratio: null, agreement: null }, 'B is 2.00 kB, 2.00 × the size of A.'],
] as const)('Two models in a sentence: %j', (figures, sentence) => {
  expect(pairSentence(figures)).toBe(sentence);
});
