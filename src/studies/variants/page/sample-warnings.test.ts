import { describe, expect, it } from 'vitest';
import type { InputSources } from '../../../engine/session/shared/protocol';
import { sampleWarnings } from './sample-warnings';

const picture: InputSources = { image: { kind: 'file', file: new Blob(), format: 'npy' } };
const madeUp: InputSources = { image: { kind: 'zeros' } };
const texts = (samples: number, heldOut: number) => sampleWarnings(Array<InputSources>(samples).fill(picture), heldOut).map(({ text }) => text);

describe('warnings about samples', () => {
  it('are none for the recommended hundred, whether a fifth of them is held out or not', () => {
    expect([texts(100, 0), texts(80, 20), texts(81, 20)]).toEqual([[], [], []]);
  });

  it('tell that samples are few, and which of them judge', () => {
    expect(texts(99, 0)).toEqual(['99 samples are few: with 100 or more, ranges depend less on chance']);
    expect(texts(80, 19)).toEqual(['80 samples are few (19 more judge): with 100 or more in all, ranges depend less on chance']);
    expect(texts(80, 0)).toHaveLength(1);
  });

  it('do not count what judges in place of what finds ranges', () => {
    expect(texts(10, 90)).toEqual(['10 samples are few (90 more judge): with 100 or more in all, ranges depend less on chance']);
  });

  it('tell how many are made up', () => {
    expect(sampleWarnings([...Array<InputSources>(99).fill(picture), madeUp], 0).map(({ text }) => text)).toEqual(['1 of 100 samples are made up: ranges of real inputs differ']);
  });
});
