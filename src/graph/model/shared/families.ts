import { type OpFamily, opFamily } from '../../../tflite/analysis/op-table';
import { graph as text } from '../../../messages/graph';

/** Kinds of ops that share a colour, in the legend's order. */
export const families = ['convolution', 'dense', 'pooling', 'elementwise', 'movement', 'quantization', 'control', 'custom'] as const satisfies readonly (OpFamily | 'custom')[];
export type Family = (typeof families)[number];

/** As the legend says it. */
export function familyTitle(family: Family): string {
  return text.families[family];
}

/** The colour family of an op's name; ops newer than the schema count as elementwise. */
export function familyOf(name: string, custom: boolean): Family {
  return custom ? 'custom' : opFamily(name) ?? 'elementwise';
}
