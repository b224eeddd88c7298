import { expect, test } from 'vitest';
import type { MadeVariant } from '../variants/variants-state.svelte';
import { type Comparable, PairChoice, type Pair } from './pair-choice.svelte';

/** An open model, with what it was made of and the ids of models that were made of it. */
const open = (id: string, { madeFrom, made = [] }: { madeFrom?: string; made?: readonly string[] } = {}) => ({
  model: { id, name: id, madeFrom }, variants: { made: made.map((of, index) => ({ id: index + 1, variant: { model: { id: of } } })) },
}) as unknown as Comparable;
const text = ({ a, b }: Pair<Comparable>) => `${a.model.id} ${b.kind === 'model' ? b.work.model.id : b.kind === 'variant' ? `variant ${b.made.id}` : b.recipe}`;
const [face, int8, hand] = [open('face', { made: ['int8'] }), open('int8', { madeFrom: 'face' }), open('hand')];

test('a model alone is held against what int8 would make of it, and against a variant that was made', () => {
  const plain = open('plain');
  expect(text(new PairChoice().of(plain, [plain]))).toBe('plain int8');
  expect(text(new PairChoice().of(face, [face]))).toBe('face variant 1');
});

test('an original is the reference, whichever of the two is looked at', () => {
  const models = [face, int8, hand];
  expect(text(new PairChoice().of(int8, models))).toBe('face int8');
  expect(text(new PairChoice().of(face, models))).toBe('face int8');
  expect(text(new PairChoice().of(hand, models))).toBe('hand int8');
});

test('the two can be turned round, and back', () => {
  const choice = new PairChoice();
  choice.swap(choice.of(int8, [face, int8]));
  expect(text(choice.of(int8, [face, int8]))).toBe('int8 face');
  choice.swap(choice.of(int8, [face, int8]));
  expect(text(choice.of(int8, [face, int8]))).toBe('face int8');
});

test('a choice holds while it is there: a variant that is opened is a model, and one that is closed is forgotten', () => {
  const choice = new PairChoice();
  const [made] = face.variants.made as readonly [MadeVariant];
  choice.chooseVariant(made);
  expect(text(choice.of(face, [face, hand]))).toBe('face variant 1');
  expect(text(choice.of(face, [face, hand, int8]))).toBe('face int8');
  choice.chooseModel('hand');
  expect(text(choice.of(face, [face, hand, int8]))).toBe('face hand');
  expect(text(choice.of(face, [face, int8]))).toBe('face int8');
  choice.chooseRecipe('float16');
  expect(text(choice.of(face, [face, hand]))).toBe('face float16');
});

test('nothing is held against itself', () => {
  const choice = new PairChoice();
  choice.chooseModel('face');
  expect(text(choice.of(face, [face, hand]))).toBe('face hand');
});
