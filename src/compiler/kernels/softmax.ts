import { compiler as text } from '../../messages/compiler';
import { op } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Shape4 } from './layout';
import type { Kernel } from './kernel';
import { across, firstLanes } from './reduction';
import { exponential } from './transcendental';

/** Softmax along the channels: their maximum, e to what they are below it, and these divided by their sum, each four at once. */
export function softmax(shape: Shape4, beta: number): Kernel {
  const channels = shape[3];
  const rows = shape[0] * shape[1] * shape[2];
  const [vectors, tail] = [Math.floor(channels / lanes), channels % lanes];
  return {
    name: text.softmax, macs: 0, wishes: [{ margins: { top: 0, left: 0, bottom: 0, right: 0 }, dense: true }], denseOutputs: true, packed: [],
    write: (f: FunctionWriter, { inputs: [from], outputs: [to] }) => {
      if (from === undefined || to === undefined) return;
      const [source, sink, at, target] = [f.local(), f.local(), f.local(), f.local()];
      const [greatest, sum, value] = [f.local('v128'), f.local('v128'), f.local('v128')];
      const overRow = (body: (count: number) => void): void => {
        f.follow(at, source);
        f.follow(target, sink);
        f.repeat(vectors, () => {
          body(lanes);
          f.advance(at, vectorBytes);
          f.advance(target, vectorBytes);
        });
        if (tail > 0) body(tail);
      };
      f.point(source, from.base);
      f.point(sink, to.base);
      f.repeat(rows, () => {
        f.emit(op.v128Const(-Infinity), op.set(greatest), op.v128Const(0), op.set(sum));
        overRow((count) => { f.emit(op.get(greatest), firstLanes(f.load(op.get(at)), count, -Infinity), op.f32x4PseudoMaximum, op.set(greatest)); });
        across(f, greatest, op.f32x4PseudoMaximum);
        overRow((count) => {
          f.emit(firstLanes(exponential(f, [f.load(op.get(at)), op.get(greatest), op.f32x4Subtract, op.v128Const(beta), op.f32x4Multiply]), count, 0), op.set(value));
          f.store(op.get(target), 0, value, count);
          f.emit(op.get(sum), op.get(value), op.f32x4Add, op.set(sum));
        });
        across(f, sum, op.f32x4Add);
        f.emit(op.v128Const(1), op.get(sum), op.f32x4Divide, op.set(sum));
        overRow((count) => {
          f.emit(f.load(op.get(target)), op.get(sum), op.f32x4Multiply, op.set(value));
          f.store(op.get(target), 0, value, count);
        });
        f.advance(source, channels * 4);
        f.advance(sink, channels * 4);
      });
    },
  };
}
