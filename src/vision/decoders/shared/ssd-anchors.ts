import type { Decoder } from '../../shared/types';

export type AnchorLayers = Extract<Decoder, { kind: 'ssd-detection' }>['anchors'];

/** Rows and columns of a layer's grid on an input of that many pixels. */
export function gridOf({ stride }: { readonly stride: number }, width: number, height: number): { readonly columns: number; readonly rows: number } {
  return { columns: Math.ceil(width / stride), rows: Math.ceil(height / stride) };
}

/** Number of anchors, without making them. */
export function layersTotal(layers: AnchorLayers, width: number, height: number): number {
  return layers.reduce((sum, layer) => {
    const { columns, rows } = gridOf(layer, width, height);
    return sum + columns * rows * layer.sizes.length;
  }, 0);
}

/** Width and height of an anchor: its aspect ratio changes no area. */
const shaped = (scale: number, aspect: number): [number, number] => [scale * Math.sqrt(aspect), scale / Math.sqrt(aspect)];

/**
 * TensorFlow's `ssd_anchor_generator` as its SSD MobileNets have it: six grids, scales from 0.2 to 0.95 in equal steps, the
 * lowest grid with three anchors, the others with six, of which the last lies between two scales.
 */
export function ssdMobileNetAnchors(): AnchorLayers {
  const count = 6;
  const scale = (layer: number): number => (layer >= count ? 1 : 0.2 + ((0.95 - 0.2) * layer) / (count - 1));
  return Array.from({ length: count }, (_, layer) => ({
    stride: 16 * 2 ** layer,
    sizes: layer === 0
      ? [shaped(0.1, 1), shaped(scale(0), 2), shaped(scale(0), 0.5)]
      : [...[1, 2, 0.5, 3, 0.3333].map((aspect) => shaped(scale(layer), aspect)), shaped(Math.sqrt(scale(layer) * scale(layer + 1)), 1)],
  }));
}

/**
 * EfficientDet's anchors (google/automl): five grids from stride 8 on, three scales an octave, of each an upright, a flat
 * and a square one. A cell is the input divided by the number of cells, which need not be the stride.
 *
 * @param scale an anchor's side in cells
 */
export function efficientDetAnchors(size: number, scale: number): AnchorLayers {
  return [8, 16, 32, 64, 128].map((stride) => {
    const cell = 1 / Math.ceil(size / stride);
    return { stride, sizes: [0, 1, 2].flatMap((octave) => [1, 2, 0.5].map((aspect) => shaped(scale * cell * 2 ** (octave / 3), aspect))) };
  });
}
