import { expect, test } from 'vitest';
import { openedModel, setupOf } from '../testing/fakes';
import { pairParts } from './pair-parts';

test('A variant that does not say how it takes pictures takes them as the reference does, and means the same by its outputs', () => {
  const [reference, other] = [setupOf(openedModel('a'.repeat(16))), setupOf(openedModel('b'.repeat(16)))];
  const way = { fit: 'stretch', resize: 'auto', channels: 'bgr', layout: 'nhwc', values: { kind: 'pixels' } } as const;
  const own = { ...way, channels: 'rgb' } as const;
  reference.inputs.list[0]?.choosePreprocessing(way);
  reference.decoding.choose('none');
  const [first, second] = pairParts(reference, other, [null, null], true);
  expect([first?.model.id[0], second?.model.id[0]]).toEqual(['a', 'b']);
  expect([first?.settings, second?.settings]).toMatchObject([{ preprocessing: way, drawing: { mirror: true } }, { preprocessing: way, drawing: { mirror: true } }]);
  expect(second?.settings?.decoder).toBeUndefined();
  // What a person chose for it is its own.
  other.inputs.list[0]?.choosePreprocessing(own);
  expect(pairParts(reference, other, [null, null], false)[1]?.settings?.preprocessing).toEqual(own);
});

test('Pictures that have no canvas are closed', () => {
  let closed = 0;
  const picture = { close: () => { closed += 1; } } as ImageBitmap;
  const [first] = pairParts(setupOf(), setupOf(), [], false);
  first?.show(picture);
  first?.showPreview(picture);
  expect(closed).toBe(2);
});
