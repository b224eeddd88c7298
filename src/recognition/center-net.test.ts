import { expect, it } from 'vitest';
import { recognise } from './recognise';
import { edge, subjectWith } from './testing/subjects';
import type { Recognition } from './types';

const recognised = (outputs: readonly (readonly [string, readonly number[]])[], input: readonly number[] = [1, 512, 512, 3]): Recognition | null =>
  recognise(subjectWith([edge('image', input)], outputs.map(([name, shape]) => edge(name, shape))));

it('a CenterNet is recognised by its three maps', () => {
  expect(recognised([['hm', [1, 128, 128, 80]], ['wh', [1, 128, 128, 2]], ['reg', [1, 128, 128, 2]]])).toEqual({
    name: 'CenterNet detector', because: 'It gives a heat map of 80 classes with two maps of two channels beside it, all 128 × 128, a quarter of the input.',
    decoder: { kind: 'center-net', order: 'xy', scoreThreshold: 0.3 }, preprocessing: { fit: 'letterbox' },
  });
  expect(recognised([['a/offset', [-1, 64, 80, 2]], ['a/height_width', [-1, 64, 80, 2]], ['a/center', [-1, 64, 80, 1]]], [-1, 256, 320, 3])).toMatchObject({ decoder: { order: 'yx' } });
  // Two classes: the names say which one is the heat map.
  expect(recognised([['hm', [1, 128, 128, 2]], ['wh', [1, 128, 128, 2]], ['reg', [1, 128, 128, 2]]])).not.toBeNull();
});

it('and not by others', () => {
  expect(recognised([['a', [1, 128, 128, 2]], ['b', [1, 128, 128, 2]], ['c', [1, 128, 128, 2]]])).toBeNull();
  expect(recognised([['hm', [1, 64, 64, 80]], ['wh', [1, 64, 64, 2]], ['reg', [1, 64, 64, 2]]])).toBeNull();
  expect(recognised([['hm', [1, 128, 128, 80]], ['wh', [1, 128, 128, 2]]])).toBeNull();
  expect(recognised([['hm', [1, 128, 128, 80]], ['wh', [1, 128, 128, 4]], ['reg', [1, 128, 128, 2]]])).toBeNull();
});
