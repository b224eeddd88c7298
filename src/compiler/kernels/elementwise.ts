import { op, type Code } from '../emit/assembler';
import type { FunctionWriter } from '../emit/function-writer';
import type { Shape4, View } from './layout';
import { activate, type Activation } from './finish';
import type { Kernel } from './kernel';
import { nest } from './nest';
import { exponential, hardSwish, hyperbolicTangent, logistic } from './transcendental';

export type Compute = (f: FunctionWriter, values: readonly Code[]) => Code;

const constant = (value: number): Code => op.v128Const(value);

const of = (compute: (a: Code, f: FunctionWriter) => Code): Compute => (f, [a = []]) => compute(a, f);
const both = (instruction: Code): Compute => (_, [a = [], b = []]) => [a, b, instruction];

/** What ops compute of one element, or of two. */
export const computations = {
  ADD: both(op.f32x4Add),
  ADD_N: (_, [first = [], ...others]) => others.reduce((sum, value) => [sum, value, op.f32x4Add], first),
  SUB: both(op.f32x4Subtract),
  MUL: both(op.f32x4Multiply),
  DIV: both(op.f32x4Divide),
  // a < b ? b : a, and b < a ? b : a
  MAXIMUM: both(op.f32x4PseudoMaximum),
  MINIMUM: both(op.f32x4PseudoMinimum),
  SQUARED_DIFFERENCE: (f, [a = [], b = []]) => square(f, [a, b, op.f32x4Subtract]),
  /** x where it is above 0, else the slope times x. */
  PRELU: (f, [x = [], slope = []]) => {
    const value = keep(f, x);
    return [[value, constant(0), op.f32x4PseudoMaximum], [value, constant(0), op.f32x4PseudoMinimum], slope, op.f32x4Multiply, op.f32x4Add];
  },
  RELU: of((x, f) => activate(f, 'RELU', x)),
  RELU6: of((x, f) => activate(f, 'RELU6', x)),
  RELU_N1_TO_1: of((x, f) => activate(f, 'RELU_N1_TO_1', x)),
  RELU_0_TO_1: of((x, f) => activate(f, 'RELU_0_TO_1', x)),
  LOGISTIC: of((x, f) => logistic(f, x)),
  TANH: of((x, f) => hyperbolicTangent(f, x)),
  HARD_SWISH: of((x, f) => hardSwish(f, x)),
  /** x where it is above 0, else eˣ − 1. */
  ELU: of((x, f) => {
    const value = keep(f, x);
    return [value, [exponential(f, [value, constant(0), op.f32x4PseudoMinimum]), constant(1), op.f32x4Subtract], [constant(0), value, op.f32x4Less], op.v128Bitselect];
  }),
  EXP: of((x, f) => exponential(f, x)),
  ABS: of((x) => [x, op.f32x4Absolute]),
  NEG: of((x) => [x, op.f32x4Negate]),
  SQRT: of((x) => [x, op.f32x4SquareRoot]),
  RSQRT: of((x) => [constant(1), x, op.f32x4SquareRoot, op.f32x4Divide]),
  SQUARE: of((x, f) => square(f, x)),
  FLOOR: of((x) => [x, op.f32x4Floor]),
  CEIL: of((x) => [x, op.f32x4Ceil]),
  /** To the nearest, halves to even. */
  ROUND: of((x) => [x, op.f32x4Nearest]),
} satisfies Readonly<Record<string, Compute>>;

function keep(f: FunctionWriter, value: Code): Code {
  const local = f.local('v128');
  f.emit(value, op.set(local));
  return op.get(local);
}

function square(f: FunctionWriter, x: Code): Code {
  const value = keep(f, x);
  return [value, value, op.f32x4Multiply];
}

/** x where it is above 0, else `slope` times x. */
export function leakyRelu(slope: number): Compute {
  return of((x, f) => {
    const value = keep(f, x);
    return [[value, constant(0), op.f32x4PseudoMaximum], [value, constant(0), op.f32x4PseudoMinimum], constant(slope), op.f32x4Multiply, op.f32x4Add];
  });
}

/**
 * Elements of tensors, stretched to one shape, computed and stored: any layouts, vectors along channels or along whole rows
 * and pictures where all tensors lie alike.
 */
export function elementwise(name: string, output: Shape4, compute: Compute, activation: Activation): Kernel {
  return {
    name, macs: 0, wishes: [], denseOutputs: false, packed: [],
    write: (f, { inputs, outputs: [to] }) => {
      if (to === undefined) return;
      nest(f, {
        extents: output,
        inputs: inputs.map((view) => stretched(view)),
        output: to,
        room: to.room,
        compute: (writer, values) => activate(writer, activation, compute(writer, values)),
      });
    },
  };
}

function stretched(view: View): { readonly base: number; readonly strides: readonly number[] } {
  return { base: view.base, strides: view.strides.map((stride, dimension) => (view.shape[dimension] === 1 ? 0 : stride)) };
}
