import * as count from '../arithmetic';
import { perOutput } from '../arithmetic';
import { type OpDescription, type OpGroup, each, fixedScale, moved, ownScale, sharedScale, unknownArithmetic } from '../description';
import * as shape from '../shape-rules';
import * as stablehlo from '../stablehlo-rules';

/** Two inputs that stretch to each other's shape. */
const pair = (operations = 1): OpDescription => ({ operations: perOutput(operations), shape: shape.broadcast });

/** From −1 to 1. */
const signedUnit = { 8: { scale: 1 / 128, zeroPoint: 0 }, 16: { scale: 1 / 32768, zeroPoint: 0 } } as const;
/** From 0 to 1. */
const unit = { 8: { scale: 1 / 256, zeroPoint: -128 }, 16: { scale: 1 / 32768, zeroPoint: 0 } } as const;

/** Each element by itself; whatever belongs nowhere else. */
export const elementwise = {
  L2_NORMALIZATION: { ...each(3), quantized: fixedScale({ 8: signedUnit[8] }, 2) },
  LOCAL_RESPONSE_NORMALIZATION: { operations: count.localResponseNormalization, shape: shape.same },
  LOGISTIC: { ...each(3), quantized: fixedScale(unit, 2, 3) },
  RELU: { ...each(1), quantized: ownScale(2, 3), passesFactors: true, flatBeyond: { min: 0, max: Infinity } },
  RELU6: { ...each(2), quantized: ownScale(2, 3), passesFactors: true, flatBeyond: { min: 0, max: 6 } },
  SOFTMAX: { ...each(5), quantized: fixedScale(unit, 2, 3) },
  TANH: { ...each(1), quantized: fixedScale(signedUnit, 2, 3) },
  PRELU: { weights: [1], operations: perOutput(2), shape: shape.same, roles: ['input', 'slopes'], quantized: ownScale(1) },
  LEAKY_RELU: { ...each(2), quantized: ownScale(2, 2), passesFactors: true },
  ADD_N: { operations: count.additionOfMany, shape: shape.same },
  HARD_SWISH: { ...each(5), quantized: { ...ownScale(1), better: 'no-integer-kernel' }, flatBeyond: { min: -3, max: Infinity } },
  STABLEHLO_CLAMP: { operations: perOutput(2), shape: stablehlo.clamp },

  ADD: { ...pair(), quantized: ownScale(2, 4) }, MUL: { ...pair(), quantized: ownScale(2, 4) }, FLOOR: each(1), EXP: each(1), NEG: each(1),
  SIN: each(1), LOG: each(1), SQRT: each(1), LOGICAL_NOT: each(1), SQUARE: each(1), ABS: each(1), CEIL: each(1), COS: each(1), ROUND: each(1),
  BUCKETIZE: each(1), SIGN: each(1), STABLEHLO_ABS: each(1), STABLEHLO_COSINE: each(1), STABLEHLO_EXPONENTIAL: each(1), STABLEHLO_FLOOR: each(1),
  STABLEHLO_LOG: each(1), STABLEHLO_NEGATE: each(1), STABLEHLO_TANH: each(1), STABLEHLO_CBRT: each(1), RELU_N1_TO_1: each(2), RSQRT: each(2),
  RELU_0_TO_1: each(2), STABLEHLO_RSQRT: each(2), SUB: { ...pair(), quantized: ownScale(2, 5) }, DIV: pair(), LESS: pair(), GREATER: pair(),
  GREATER_EQUAL: pair(), LESS_EQUAL: pair(), SELECT: pair(), EQUAL: pair(), NOT_EQUAL: pair(), POW: pair(), LOGICAL_OR: pair(), LOGICAL_AND: pair(),
  SELECT_V2: pair(), ATAN2: pair(), BITWISE_XOR: pair(), RIGHT_SHIFT: pair(), STABLEHLO_ADD: pair(), STABLEHLO_DIVIDE: pair(),
  STABLEHLO_MULTIPLY: pair(), STABLEHLO_MAXIMUM: pair(), STABLEHLO_AND: pair(), STABLEHLO_MINIMUM: pair(), STABLEHLO_OR: pair(),
  STABLEHLO_POWER: pair(), STABLEHLO_REMAINDER: pair(), STABLEHLO_SELECT: pair(), STABLEHLO_SUBTRACT: pair(), STABLEHLO_COMPARE: pair(),
  STABLEHLO_SHIFT_LEFT: pair(), LOG_SOFTMAX: each(5), GELU: each(5), MAXIMUM: { ...pair(), quantized: sharedScale(2) },
  MINIMUM: { ...pair(), quantized: sharedScale(2) }, FLOOR_DIV: pair(2), FLOOR_MOD: pair(2), SQUARED_DIFFERENCE: pair(2), ELU: each(3),
  STABLEHLO_LOGISTIC: each(3), IMAG: each(0), REAL: each(0), COMPLEX_ABS: each(4), RANDOM_STANDARD_NORMAL: moved(shape.shapeFromFirst, 0),
  RANDOM_UNIFORM: moved(shape.shapeFromFirst, 0), LSH_PROJECTION: unknownArithmetic, SKIP_GRAM: { ...unknownArithmetic, sizedBy: [0] }, CUSTOM: unknownArithmetic,
  PLACEHOLDER_FOR_GREATER_OP_CODES: unknownArithmetic, MULTINOMIAL: { ...unknownArithmetic, sizedBy: [1] }, STABLEHLO_RNG_BIT_GENERATOR: unknownArithmetic,
} as const satisfies OpGroup;
