import { type OpFamily, opFamily } from '../../../tflite/analysis/op-table';

/** Kinds of ops that share a colour, in the legend's order. */
export const families = ['convolution', 'dense', 'pooling', 'elementwise', 'movement', 'quantization', 'control', 'custom'] as const satisfies readonly (OpFamily | 'custom')[];
export type Family = (typeof families)[number];

/** As the legend says them. */
export const familyTitles: Readonly<Record<Family, string>> = {
  convolution: 'Convolution',
  dense: 'Matrix and recurrent',
  pooling: 'Pooling and reduction',
  elementwise: 'Elementwise',
  movement: 'Data movement',
  quantization: 'Quantization',
  control: 'Control and state',
  custom: 'Custom',
};

/** The colour family of an op's name; ops newer than the schema count as elementwise. */
export function familyOf(name: string, custom: boolean): Family {
  return custom ? 'custom' : opFamily(name) ?? 'elementwise';
}
