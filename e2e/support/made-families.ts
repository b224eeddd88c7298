/** Models of families that the gallery has none of, in their very form: what they answer follows from the picture by hand. */
import { Made, yoloModel, yoloSide } from './made-models';

const masks = 8;
/** Squares of a prototype and of CenterNet's maps, in pixels of the input. */
const square = 4;
const maps = yoloSide / square;

/** Objects with masks: a pixel of a box belongs to it where red or blue is strong and green is not. */
export function yoloSegmentationModel(): Uint8Array {
  return yoloModel(['red thing', 'blue thing'], {
    task: 'segment',
    extras: () => [1, ...Array.from({ length: masks - 1 }, () => 0)],
    second: (made, input) => {
      const weights = Array.from({ length: masks }, (_, map) => (map === 0 ? [10, -10, 10] : [0, 0, 0]));
      return made.mix(made.means(input, yoloSide, square), [1, maps, maps, 3], weights, weights.map((_, map) => (map === 0 ? -5 : 0)), 'output1');
    },
  });
}

/** Bodies, red: 17 points from left to right at the height of the box's centre, each by its number hundredths of the input further on. */
export function yoloPoseModel(): Uint8Array {
  return yoloModel(['person'], {
    task: 'pose', metadata: { kpt_shape: [17, 3] },
    extras: (x, y) => Array.from({ length: 17 }, (_, point) => [x + point / 128, y, 0.75]).flat(),
  });
}

/** Boxes that are all turned by half a radian. */
export function yoloOrientedModel(): Uint8Array {
  return yoloModel(['red thing', 'blue thing'], { task: 'obb', extras: () => [0.5] });
}

/** CenterNet, of colours from −1 to 1: a square of 4 pixels is as hot as it is red or blue; all boxes are two squares wide and high, about their middles. */
export function centreModel(): Uint8Array {
  const made = new Made();
  const input = made.tensor('picture', [1, yoloSide, yoloSide, 3]);
  const shape = [1, maps, maps, 3];
  const means = made.means(input, yoloSide, square);
  const same = (value: number, name: string) => made.mix(means, shape, [[0, 0, 0], [0, 0, 0]], [value, value], name);
  return made.bytes([input], [made.mix(means, shape, [[0.5, 0, 0], [0, 0, 0.5]], [0.5, 0.5], 'heat'), same(2, 'sizes'), same(0.5, 'offsets')]);
}

/** Inverse depth in the size of the picture: red is near. */
export function depthModel(): Uint8Array {
  const made = new Made();
  const shape = [1, 16, 16, 3];
  const input = made.tensor('picture', shape);
  return made.bytes([input], [made.mix(input, shape, [[1, 0, 0]], [0], 'inverse_depth')]);
}

/** Makes a picture of 8 × 8 pixels twice as wide and high, each pixel four times. */
export function enlargingModel(): Uint8Array {
  const made = new Made();
  const input = made.tensor('picture', [1, 8, 8, 3]);
  const output = made.tensor('enlarged', [1, 16, 16, 3]);
  made.op('RESIZE_NEAREST_NEIGHBOR', [input, made.constant('size', [2], [16, 16], 'int32')], [output], { member: 'ResizeNearestNeighborOptions', value: {} });
  return made.bytes([input], [output]);
}
