import { compiler as text } from '../../messages/compiler';
import { op } from '../emit/assembler';
import { lanes, vectorBytes, type FunctionWriter } from '../emit/function-writer';
import type { Shape4, View } from './layout';
import type { Kernel, Places } from './kernel';

export interface ResizeSettings {
  readonly input: Shape4;
  readonly output: Shape4;
  readonly bilinear: boolean;
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Between which two rows or columns of the input one of the output lies, and how far from the first. */
interface Between {
  readonly first: number;
  readonly second: number;
  readonly part: number;
}

/** As TFLite's reference has it. */
function placesOf(inputs: number, outputs: number, { bilinear, alignCorners, halfPixelCenters }: ResizeSettings): readonly Between[] {
  const scale = alignCorners && outputs > 1 ? (inputs - 1) / (outputs - 1) : inputs / outputs;
  return Array.from({ length: outputs }, (_, output) => {
    if (!bilinear) {
      const position = (output + (halfPixelCenters ? 0.5 : 0)) * scale;
      const nearest = Math.max(0, Math.min(inputs - 1, alignCorners ? Math.round(position) : Math.floor(position)));
      return { first: nearest, second: nearest, part: 0 };
    }
    const position = halfPixelCenters ? (output + 0.5) * scale - 0.5 : output * scale;
    const floor = Math.floor(position);
    return { first: Math.max(0, floor), second: Math.min(inputs - 1, floor + 1), part: position - floor };
  });
}

const entryBytes = 12;

/**
 * Resizing, bilinear or to the nearest: every row and column of the output has an entry in a table, with the two of the input
 * that it lies between (counted in rows and columns) and how far; four channels at once.
 */
export function resize(settings: ResizeSettings): Kernel {
  const { input, output, bilinear } = settings;
  const tables = [placesOf(input[1], output[1], settings), placesOf(input[2], output[2], settings)].map((places) => {
    const table = new Float32Array(places.length * 3);
    const integers = new Int32Array(table.buffer);
    places.forEach(({ first, second, part }, index) => {
      integers[index * 3] = first;
      integers[index * 3 + 1] = second;
      table[index * 3 + 2] = part;
    });
    return table;
  });
  return { name: bilinear ? text.resizeBilinear : text.resizeNearest, macs: 0, wishes: [], denseOutputs: false, packed: tables, write: (f, places) => { write(f, bilinear, places); } };
}

function write(f: FunctionWriter, bilinear: boolean, { inputs: [input], outputs: [output], packed: [rowTable = 0, columnTable = 0] }: Places): void {
  if (input === undefined || output === undefined) return;
  const [picture, target, rowTo, rowEntry, columnEntry, to] = [f.local(), f.local(), f.local(), f.local(), f.local(), f.local()];
  const rows = [f.local(), f.local()] as const;
  const corners = [f.local(), f.local(), f.local(), f.local()] as const;
  const [down, across, value] = [f.local('v128'), f.local('v128'), f.local('v128')];
  const used = bilinear ? [0, 1] as const : [0] as const;
  const scaled = (entry: number, which: number, bytes: number) => [f.loadInteger(op.get(entry), which * 4), op.i32Const(bytes), op.i32Multiply];
  const mixed = (first: number, second: number, part: number, offset: number): void => {
    f.emit(f.multiplyAdd([f.load(op.get(second), offset), f.load(op.get(first), offset), op.f32x4Subtract], op.get(part), f.load(op.get(first), offset)));
  };
  const upper = f.local('v128');
  const vector = (offset: number, stored: number): void => {
    if (bilinear) {
      mixed(corners[0], corners[1], across, offset);
      f.emit(op.set(upper));
      mixed(corners[2], corners[3], across, offset);
      f.emit(op.set(value));
      f.emit(f.multiplyAdd([op.get(value), op.get(upper), op.f32x4Subtract], op.get(down), op.get(upper)), op.set(value));
    } else {
      f.emit(f.load(op.get(corners[0]), offset), op.set(value));
    }
    f.store(op.get(to), offset, value, stored);
  };
  f.point(picture, input.base);
  f.point(target, output.base);
  f.repeat(output.shape[0], () => {
    f.point(rowEntry, rowTable);
    f.follow(rowTo, target);
    f.repeat(output.shape[1], () => {
      for (const which of used) f.emit(op.get(picture), scaled(rowEntry, which, input.strides[1]), op.i32Add, op.set(rows[which]));
      if (bilinear) f.emit(f.splat(op.get(rowEntry), 8), op.set(down));
      f.point(columnEntry, columnTable);
      f.follow(to, rowTo);
      f.repeat(output.shape[2], () => {
        for (const row of used) for (const column of used) f.emit(op.get(rows[row]), scaled(columnEntry, column, input.strides[2]), op.i32Add, op.set(corners[row * 2 + column] ?? 0));
        if (bilinear) f.emit(f.splat(op.get(columnEntry), 8), op.set(across));
        channels(f, output, [to, ...corners.slice(0, bilinear ? 4 : 1)], vector);
        f.advance(columnEntry, entryBytes);
      });
      f.advance(rowEntry, entryBytes);
      f.advance(rowTo, output.strides[1]);
    });
    f.advance(picture, input.strides[0]);
    f.advance(target, output.strides[0]);
  });
}

/** Goes through one pixel's channels; the first pointer goes on to the next pixel. */
function channels(f: FunctionWriter, { shape: [, , , count], strides: [, , pixelBytes], room }: View, pointers: readonly number[], vector: (offset: number, stored: number) => void): void {
  const whole = Math.floor(Math.min(room, Math.ceil(count / lanes) * lanes) / lanes);
  const straight = 8;
  const turns = whole > straight ? whole : 0;
  f.repeat(turns, () => {
    vector(0, lanes);
    for (const pointer of pointers) f.advance(pointer, vectorBytes);
  });
  for (let index = turns; index < whole; index++) vector((index - turns) * vectorBytes, lanes);
  if (count > whole * lanes) vector((whole - turns) * vectorBytes, count - whole * lanes);
  const [to = 0] = pointers;
  f.advance(to, pixelBytes - turns * vectorBytes);
}
