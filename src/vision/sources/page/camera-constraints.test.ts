import { describe, expect, it } from 'vitest';
import { errorOf } from '../../../threads/testing/errors';
import { cameraConstraints, checkFrameRate, facesPerson } from './camera-constraints';

describe('cameraConstraints', () => {
  it('asks for anything when nothing is wished', () => {
    expect(cameraConstraints({})).toEqual([{}]);
    expect(cameraConstraints({ deviceId: '' })).toEqual([{}]);
  });

  it('asks for exactly what is wished, then for the nearest', () => {
    expect(cameraConstraints({ width: 640, height: 480, frameRate: 29.97, facing: 'environment' })).toEqual([
      { width: { exact: 640 }, height: { exact: 480 }, frameRate: { exact: 29.97 }, facingMode: { exact: 'environment' } },
      { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 29.97 }, facingMode: { ideal: 'environment' } },
    ]);
  });

  it('never exchanges a chosen camera, whichever way it faces', () => {
    expect(cameraConstraints({ deviceId: 'a1', facing: 'user' })).toEqual([{ deviceId: { exact: 'a1' } }]);
    expect(cameraConstraints({ deviceId: 'a1', width: 320 })).toEqual([
      { width: { exact: 320 }, deviceId: { exact: 'a1' } },
      { width: { ideal: 320 }, deviceId: { exact: 'a1' } },
    ]);
  });

  it.each([{ width: 0 }, { width: 1.5 }, { height: -480 }, { height: Number.NaN }, { width: 16_385 }, { frameRate: 0 }, { frameRate: Number.NaN }, { frameRate: 1001 }])('refuses %o', (wish) => {
    expect(errorOf(() => cameraConstraints(wish)).code).toBe('INVALID_CONFIGURATION');
  });
});

describe('checkFrameRate', () => {
  it('lets every rate through that a source can have', () => {
    expect([0.2, 30, 1000].map(checkFrameRate)).toEqual([0.2, 30, 1000]);
  });
});

describe('facesPerson', () => {
  it.each<[string | undefined, boolean, boolean]>([
    ['user', true, true], ['environment', true, false], ['left', true, false], ['user', false, true], ['environment', false, false],
    // A desktop's camera stands before the person; a phone that does not say may point anywhere.
    [undefined, false, true], [undefined, true, false], ['', false, true],
  ])('is told from %s (hand-held: %s)', (facingMode, handheld, expected) => {
    expect(facesPerson(facingMode, handheld)).toBe(expected);
  });
});
