import type { Decoder } from '../../shared/types';

export type AnchorOptions = Extract<Decoder, { kind: 'face-detection' }>['anchors'];

interface AnchorLayer {
  readonly stride: number;
  readonly columns: number;
  readonly rows: number;
  readonly perCell: number;
}

/** Consecutive equal strides share one feature map, whose cells then carry the anchors of all these layers. */
function anchorLayers({ strides, perCell }: AnchorOptions, width: number, height: number): readonly AnchorLayer[] {
  const layers: AnchorLayer[] = [];
  for (const stride of strides) {
    const last = layers.at(-1);
    if (last?.stride === stride) layers[layers.length - 1] = { ...last, perCell: last.perCell + perCell };
    else layers.push({ stride, columns: Math.ceil(width / stride), rows: Math.ceil(height / stride), perCell });
  }
  return layers;
}

/** Number of anchors on an input of `width` × `height` pixels, without making them. */
export function anchorCount(options: AnchorOptions, width: number, height: number): number {
  return anchorLayers(options, width, height).reduce((sum, { columns, rows, perCell }) => sum + columns * rows * perCell, 0);
}

/**
 * Centres of the anchors in pixels of the input, x and y by turns, in the order of MediaPipe's SsdAnchorsCalculator with
 * `fixed_anchor_size` (all anchors have size 1, so that only centres matter) and offsets of half a cell: layer by layer,
 * row by row, cell by cell.
 */
export function anchorCentres(options: AnchorOptions, width: number, height: number): Float64Array {
  const centres = new Float64Array(anchorCount(options, width, height) * 2);
  let position = 0;
  for (const { columns, rows, perCell } of anchorLayers(options, width, height)) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        for (let anchor = 0; anchor < perCell; anchor++) {
          centres[position++] = ((column + 0.5) / columns) * width;
          centres[position++] = ((row + 0.5) / rows) * height;
        }
      }
    }
  }
  return centres;
}
