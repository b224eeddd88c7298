import * as count from '../arithmetic';
import type { ShapeRule } from '../context';
import { type OpDescription, type OpGroup, each, moved, ownScale, sharedScale, unknownArithmetic } from '../description';
import * as layout from '../layout-rules';
import * as shape from '../shape-rules';

const reductionRoles = ['input', 'axes'] as const;
const reduced = (rule: ShapeRule = layout.reduce, sizedBy = 1): OpDescription => ({ operations: count.reduction, ...moved(rule, sizedBy) });
/** At most so many boxes as the third input says, the others after them left empty. */
const suppressed: OpDescription = { unknownArithmetic: true, sizedBy: [2] };

/** Many elements become one: windows, axes, segments. */
export const pooling = {
  AVERAGE_POOL_2D: { operations: count.pooling, shape: shape.pooling, quantized: sharedScale(2, 3), passesFactors: true },
  L2_POOL_2D: { operations: (shapes) => 2 * count.pooling(shapes), shape: shape.pooling },
  MAX_POOL_2D: { operations: count.pooling, shape: shape.pooling, quantized: sharedScale(2, 3), passesFactors: true, movesValues: true },
  MEAN: { ...reduced(), roles: reductionRoles, quantized: ownScale(2, 3) },
  TOPK_V2: { ...reduced(layout.topK), roles: ['input', 'k'] },
  ARG_MAX: { ...reduced(layout.reduceAxis), roles: ['input', 'axis'] },
  SUM: { ...reduced(), roles: reductionRoles, quantized: ownScale(2) },
  ARG_MIN: { ...reduced(layout.reduceAxis), roles: ['input', 'axis'] },

  REDUCE_PROD: { ...reduced(), roles: reductionRoles }, REDUCE_MAX: { ...reduced(), roles: reductionRoles },
  REDUCE_MIN: { ...reduced(), roles: reductionRoles }, REDUCE_ANY: { ...reduced(), roles: reductionRoles },
  REDUCE_ALL: { ...reduced(), roles: reductionRoles }, SEGMENT_SUM: { operations: count.reduction, sizedBy: [1] },
  STABLEHLO_REDUCE: { operations: count.reduction }, CUMSUM: { ...each(1), roles: ['input', 'axis'] },
  UNSORTED_SEGMENT_PROD: reduced(layout.segments, 2), UNSORTED_SEGMENT_MAX: reduced(layout.segments, 2), UNSORTED_SEGMENT_SUM: reduced(layout.segments, 2),
  UNSORTED_SEGMENT_MIN: reduced(layout.segments, 2), NON_MAX_SUPPRESSION_V4: { ...suppressed, shape: shape.keptBoxes }, NON_MAX_SUPPRESSION_V5: { ...suppressed, shape: shape.keptBoxesAndScores },
  STABLEHLO_REDUCE_WINDOW: unknownArithmetic, STABLEHLO_SORT: unknownArithmetic, REDUCE_WINDOW: unknownArithmetic,
} as const satisfies OpGroup;
