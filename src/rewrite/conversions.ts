import type { DType } from '../tensor/dtype';
import type { Draft, DraftOperator } from './draft';

/** The versions of QUANTIZE that give each type, and of DEQUANTIZE that take it. */
const quantizeVersions: Partial<Record<DType, number>> = { uint8: 1, int8: 1, int16: 2 };
const dequantizeVersions: Partial<Record<DType, number>> = { uint8: 1, int8: 2, float16: 2, int16: 3 };

/** Whether numbers of this type can be converted from and to float32. */
export function isConvertible(dtype: DType): boolean {
  return quantizeVersions[dtype] !== undefined;
}

const plain = { customOptions: null, mutatingVariableInputs: [], intermediates: [], debugMetadata: -1 } as const;

/** An op that makes quantized numbers of floats, or quantized numbers of another scale or type. @throws RangeError for a type without one */
export function quantizeOperator(draft: Draft, from: number, to: number, dtype: DType): DraftOperator {
  return { ...plain, opcodeIndex: draft.code('QUANTIZE', versionFor(quantizeVersions, dtype)), inputs: [from], outputs: [to], options: { table: 'QuantizeOptions', values: {} } };
}

/** An op that makes floats of quantized or half precision numbers. @throws RangeError for a type without one */
export function dequantizeOperator(draft: Draft, from: number, to: number, dtype: DType): DraftOperator {
  return { ...plain, opcodeIndex: draft.code('DEQUANTIZE', versionFor(dequantizeVersions, dtype)), inputs: [from], outputs: [to], options: { table: 'DequantizeOptions', values: {} } };
}

function versionFor(versions: Partial<Record<DType, number>>, dtype: DType): number {
  const version = versions[dtype];
  if (version === undefined) throw new RangeError(`${dtype} is not converted`);
  return version;
}
