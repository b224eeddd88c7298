import { expect, it } from 'vitest';
import { mirrored } from './mirror';

it('turns what is turned the other way', () => {
  const ship = { box: { x: 10, y: 5, width: 20, height: 8 }, angle: 0.5, score: 1, label: 'ship', keypoints: [{ x: 12, y: 6 }] };
  expect(mirrored({ kind: 'detections', detections: [ship] }, 100)).toEqual({ kind: 'detections', detections: [{ ...ship, box: { x: 70, y: 5, width: 20, height: 8 }, angle: -0.5, keypoints: [{ x: 88, y: 6 }] }] });
});
