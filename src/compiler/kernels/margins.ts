import { op } from '../emit/assembler';
import { vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Layout, Shape4 } from './layout';

/** Up to as many bytes are written one vector after the other. */
const longestStraight = 256;

/** Zeros in all margins of a tensor: above and below its pictures, and between their rows. */
export function clearMargins(f: FunctionWriter, [batches, height, width]: Shape4, { strides: [batch, row, pixel], before, bytes }: Layout, address: number): void {
  const [start, gap, zero] = [f.local(), f.local(), f.local('v128')];
  const side = row - width * pixel;
  f.emit(op.v128Const(0), op.set(zero));
  f.point(start, address);
  f.repeat(batches, () => {
    clear(f, start, before, zero);
    f.follow(gap, start, before + width * pixel);
    f.repeat(height - 1, () => {
      clear(f, gap, side, zero);
      f.advance(gap, row);
    });
    clear(f, gap, batch - before - (height - 1) * row - width * pixel, zero);
    f.advance(start, batch);
  });
  clear(f, start, bytes - batches * batch, zero);
}

function clear(f: FunctionWriter, at: number, bytes: number, zero: number): void {
  if (bytes > longestStraight) {
    f.emit(op.get(at), op.i32Const(0), op.i32Const(bytes), op.memoryFill);
    return;
  }
  for (let offset = 0; offset < bytes; offset += vectorBytes) {
    const rest = (bytes - offset) / 4;
    if (rest >= 4) f.emit(op.get(at), op.get(zero), op.v128Store(offset));
    else {
      if (rest >= 2) f.emit(op.get(at), op.get(zero), op.v128Store64Lane(offset, 0));
      if (rest % 2 === 1) f.emit(op.get(at), op.get(zero), op.v128Store32Lane(offset + (rest - 1) * 4, 0));
    }
  }
}
