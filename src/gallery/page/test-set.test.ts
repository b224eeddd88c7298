import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { npySamples, readNpy } from '../../tensor/npy';
import { labelled } from './test-set';

const folder = new URL('../../../models/digits/', import.meta.url);
const text = readFileSync(new URL('digits-test-labels.txt', folder), 'utf8');

it('the digits of the project’s own test set each have their label', async () => {
  const { count, at } = await npySamples(new Blob([readFileSync(new URL('digits-test.npy', folder))]), [1, 28, 28, 1]);
  const samples = Array.from({ length: count }, (_, index) => at(index));
  const digits = labelled(samples, text);
  expect(digits).toHaveLength(500);
  for (let label = 0; label < 10; label++) expect(digits.filter((digit) => digit.label === String(label))).toHaveLength(50);
  // White on black: mostly paper, with some ink.
  const { dtype, shape, data } = readNpy(await (digits[0]?.blob ?? new Blob()).arrayBuffer());
  expect([dtype, shape]).toEqual(['uint8', [28, 28, 1]]);
  expect(new Uint8Array(data).filter((value) => value === 0).length).toBeGreaterThan(400);
  expect(Math.max(...new Uint8Array(data))).toBeGreaterThan(200);
});

it('labels that are not as many are refused', () => {
  expect(() => labelled([new Blob()], 'a\nb\n')).toThrow(expect.objectContaining({ code: 'INVALID_LABELS' }));
});
