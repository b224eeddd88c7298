import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../../stats/random';
import { boxIou, cornersOf, turnedIou, type TurnedBox } from './overlap';

const square = (x: number, y: number, side: number) => ({ x, y, width: side, height: side });

/** Whether a point lies in a turned box, by turning it back. */
function holds({ box, angle = 0 }: TurnedBox, x: number, y: number): boolean {
  const [fromX, fromY] = [x - box.x - box.width / 2, y - box.y - box.height / 2];
  const [along, down] = [fromX * Math.cos(angle) + fromY * Math.sin(angle), fromY * Math.cos(angle) - fromX * Math.sin(angle)];
  return Math.abs(along) <= box.width / 2 && Math.abs(down) <= box.height / 2;
}

describe('overlap of boxes', () => {
  it('is known for squares', () => {
    expect(boxIou(square(0, 0, 10), square(5, 0, 10))).toBe(50 / 150);
    expect(turnedIou({ box: square(0, 0, 10) }, { box: square(5, 0, 10) })).toBe(50 / 150);
    expect(turnedIou({ box: square(0, 0, 10) }, { box: square(0, 0, 10), angle: Math.PI / 2 })).toBeCloseTo(1, 12);
    // Two squares, one turned by 45°, share a regular octagon: 2 (√2 − 1) of the area.
    const octagon = 2 * (Math.SQRT2 - 1);
    expect(turnedIou({ box: square(0, 0, 10) }, { box: square(0, 0, 10), angle: Math.PI / 4 })).toBeCloseTo(octagon / (2 - octagon), 12);
    expect(turnedIou({ box: square(0, 0, 10), angle: 0.3 }, { box: square(40, 0, 10), angle: 1 })).toBe(0);
    expect(boxIou(square(NaN, 0, 1), square(0, 0, 1))).toBe(0);
    expect(turnedIou({ box: square(NaN, 0, 1), angle: 1 }, { box: square(0, 0, 1) })).toBe(0);
  });

  it('is near what points strewn over both say', () => {
    const random = mulberry32(3);
    for (let round = 0; round < 30; round++) {
      const boxes = [0, 1].map((): TurnedBox => ({ box: { x: 30 + random() * 20, y: 30 + random() * 20, width: 5 + random() * 30, height: 5 + random() * 30 }, angle: (random() - 0.5) * 6 }));
      const [one, other] = [boxes[0] ?? { box: square(0, 0, 0) }, boxes[1] ?? { box: square(0, 0, 0) }];
      let [both, either] = [0, 0];
      for (let y = 0.25; y < 110; y += 0.5) {
        for (let x = 0.25; x < 110; x += 0.5) {
          const [inOne, inOther] = [holds(one, x, y), holds(other, x, y)];
          if (inOne && inOther) both++;
          if (inOne || inOther) either++;
        }
      }
      expect(Math.abs(turnedIou(one, other) - both / either)).toBeLessThan(0.02);
      expect(turnedIou(other, one)).toBeCloseTo(turnedIou(one, other), 9);
    }
  });

  it('turns corners clockwise', () => {
    const [first] = cornersOf({ box: { x: 0, y: 0, width: 4, height: 2 }, angle: Math.PI / 2 });
    expect([first?.x, first?.y].map((value) => Math.round((value ?? NaN) * 1e9) / 1e9)).toEqual([3, -1]);
  });
});
