import { perOutput } from '../arithmetic';
import { type OpGroup, cut, each, moved, sharedScale, unknownArithmetic } from '../description';
import * as layout from '../layout-rules';
import * as shape from '../shape-rules';
import * as stablehlo from '../stablehlo-rules';

/** Elements in other places, none of them changed. */
export const movement = {
  CONCATENATION: { ...moved(layout.concatenate), quantized: sharedScale(2, 3), movesValues: true },
  DEPTH_TO_SPACE: { ...moved(shape.depthToSpace), quantized: sharedScale(2), movesValues: true },
  RESHAPE: { ...moved(layout.reshape, 1), roles: ['input', 'new-shape'], quantized: sharedScale(1, 1), movesValues: true },
  RESIZE_BILINEAR: { operations: perOutput(9), ...moved(shape.resize, 1), roles: ['input', 'new-size'], quantized: sharedScale(2), passesFactors: true },
  SPACE_TO_DEPTH: { ...moved(shape.spaceToDepth), quantized: sharedScale(2), movesValues: true },
  PAD: { ...moved(layout.pad, 1), roles: ['input', 'pads'], quantized: sharedScale(2, 3) },
  GATHER: { ...cut(layout.gather), roles: ['input', 'indices'], quantized: sharedScale(2), movesValues: true },
  BATCH_TO_SPACE_ND: { ...moved(shape.batchToSpace, 1, 2), roles: ['input', 'block', 'crops'], quantized: sharedScale(2) },
  SPACE_TO_BATCH_ND: { ...moved(shape.spaceToBatch, 1, 2), roles: ['input', 'block', 'pads'], quantized: sharedScale(2) },
  TRANSPOSE: { ...moved(layout.transpose, 1), roles: ['input', 'permutation'], quantized: sharedScale(2), movesValues: true },
  SQUEEZE: { ...moved(layout.squeeze), quantized: sharedScale(1, 1), movesValues: true },
  STRIDED_SLICE: { ...cut(layout.stridedSlice, 1, 2, 3), roles: ['input', 'begin', 'end', 'strides'], quantized: sharedScale(2), movesValues: true },
  SPLIT: { ...moved(layout.split, 0), roles: ['axis', 'input'], quantized: sharedScale(2), movesValues: true },
  PADV2: { ...moved(layout.pad, 1), roles: ['input', 'pads', 'value'] },
  SLICE: { ...cut(layout.slice, 1, 2), roles: ['input', 'begin', 'size'], quantized: sharedScale(2), movesValues: true },
  TILE: { ...moved(layout.tile, 1), roles: ['input', 'multiples'], quantized: sharedScale(2), movesValues: true },
  EXPAND_DIMS: { ...moved(layout.expandDimensions, 1), roles: ['input', 'axis'], quantized: sharedScale(1, 1), movesValues: true },
  PACK: { ...moved(layout.pack), quantized: sharedScale(2), movesValues: true },
  ONE_HOT: { ...moved(layout.oneHot, 1), roles: ['indices', 'depth', 'on-value', 'off-value'] },
  UNPACK: { ...moved(layout.unpack), quantized: sharedScale(2), movesValues: true },
  FILL: { ...moved(shape.shapeFromFirst, 0), roles: ['shape', 'value'] },
  RESIZE_NEAREST_NEIGHBOR: { ...moved(shape.resize, 1), roles: ['input', 'new-size'], quantized: sharedScale(2), passesFactors: true },
  MIRROR_PAD: { ...moved(layout.pad, 1), roles: ['input', 'pads'], quantized: sharedScale(2, 2), passesFactors: true },
  SPLIT_V: { ...moved(layout.splitSizes, 1, 2), roles: ['input', 'sizes', 'axis'], quantized: sharedScale(2), movesValues: true },
  GATHER_ND: { ...cut(layout.gatherNd), roles: ['input', 'indices'] },
  BROADCAST_TO: { ...moved(shape.shapeFromSecond, 1), roles: ['input', 'shape'] },

  SPARSE_TO_DENSE: moved(shape.shapeFromSecond, 1), SHAPE: moved(layout.shapeOf), ZEROS_LIKE: each(0), REVERSE_SEQUENCE: each(0),
  MATRIX_SET_DIAG: each(0), RANGE: moved(layout.range, 0, 1, 2), STABLEHLO_IOTA: {},
  // How many elements meet a condition or are different only a run can tell.
  WHERE: { sizedBy: [0] }, UNIQUE: { sizedBy: [0] },
  REVERSE_V2: { ...each(0), roles: ['input', 'axes'] }, RANK: moved(layout.rankOf), MATRIX_DIAG: moved(layout.diagonal),
  SCATTER_ND: moved(shape.shapeFromThird, 2), BROADCAST_ARGS: moved(layout.broadcastLengths), DYNAMIC_UPDATE_SLICE: moved(shape.same),
  STABLEHLO_RESHAPE: moved(stablehlo.reshape), STABLEHLO_CONCATENATE: moved(stablehlo.concatenate),
  STABLEHLO_BROADCAST_IN_DIM: moved(stablehlo.broadcastInDimension), STABLEHLO_SLICE: cut(stablehlo.slice),
  STABLEHLO_DYNAMIC_SLICE: cut(stablehlo.dynamicSlice), STABLEHLO_PAD: moved(stablehlo.pad), STABLEHLO_GATHER: { reads: 'written' },
  STABLEHLO_TRANSPOSE: moved(stablehlo.transpose), STABLEHLO_SCATTER: unknownArithmetic, STABLEHLO_DYNAMIC_UPDATE_SLICE: unknownArithmetic,
  DILATE: unknownArithmetic,
} as const satisfies OpGroup;
