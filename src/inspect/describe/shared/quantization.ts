import type { SubGraph, Tensor } from '../../../tflite/format/model';
import type { QuantizationDescription } from './descriptions';
import { listWord, numberWord } from './words';
import { inspect as text } from '../../../messages/inspect';

const realTypes: ReadonlySet<string> = new Set(['float32', 'float16', 'float64', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'bool', 'string', 'complex64', 'complex128']);

/**
 * How a tensor's stored numbers become real ones; null for those that already are, even where a converter has left
 * the parameters of its calibration behind.
 */
export function describeQuantization({ tensors }: SubGraph, { dtype, quantization }: Tensor): QuantizationDescription | null {
  if (quantization === null || realTypes.has(dtype)) return null;
  const { scale: scales, zeroPoint: zeroPoints, dimension, details } = quantization;
  const common = { scales, zeroPoints, dimension };
  switch (details?.kind) {
    case 'blockwise':
    case 'multi-axis': {
      const scaleName = nameOf(tensors[details.scales], details.scales);
      const zeroName = details.zeroPoints < 0 ? null : nameOf(tensors[details.zeroPoints], details.zeroPoints);
      const along = details.kind === 'blockwise' || details.dimensions.length === 0 ? null : listWord(details.dimensions);
      return {
        ...common,
        kind: details.kind === 'blockwise' ? 'block' : 'axes',
        formula: text.blockFormula(zeroName !== null),
        note: text.blockNote(details.blockSize, along, scaleName, zeroName),
      };
    }
    case 'custom': return { ...common, kind: 'custom', formula: text.formulaOfMaker, note: text.bytesOfSettings(details.bytes.length) };
    case 'unknown': return { ...common, kind: 'custom', formula: text.newerFormula, note: '' };
    case undefined: break;
  }
  const [scale] = scales;
  if (scale === undefined) return null;
  if (scales.length === 1) return { ...common, kind: 'tensor', formula: `${numberWord(scale)} × ${offsetWord(zeroPoints[0] ?? 0)}`, note: '' };
  const smallest = scales.reduce((least, each) => Math.min(least, each), Infinity);
  const largest = scales.reduce((most, each) => Math.max(most, each), -Infinity);
  const [first = 0] = zeroPoints;
  const offset = zeroPoints.every((each) => each === first) ? offsetWord(first) : text.channelOffset;
  return { ...common, kind: 'channel', formula: text.channelFormula(offset), note: text.channelNote(scales.length, dimension, numberWord(smallest), numberWord(largest)) };
}

function offsetWord(zeroPoint: number): string {
  if (zeroPoint === 0) return 'q';
  return zeroPoint > 0 ? `(q − ${zeroPoint})` : `(q + ${-zeroPoint})`;
}

function nameOf(tensor: Tensor | undefined, index: number): string {
  return tensor === undefined || tensor.name === '' ? text.tensor(index) : tensor.name;
}
