import { expect, test } from 'vitest';
import { describeDecoded } from './decoded-text';

function found(...labels: readonly string[]): string {
  return describeDecoded({ kind: 'detections', detections: labels.map((label) => ({ label, score: 0.9, box: { x: 0, y: 0, width: 1, height: 1 }, keypoints: [] })) });
}

test('what was found is named where it is one kind of thing with a name', () => {
  expect(found()).toBe('Nothing was found');
  expect(found('face')).toBe('1 face found');
  expect(found('face', 'face')).toBe('2 faces found');
  expect(found('cat', 'dog', 'cat')).toBe('3 objects found');
  expect(found('class 0', 'class 0')).toBe('2 objects found');
  expect(found('')).toBe('1 object found');
});
