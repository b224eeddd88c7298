/**
 * Which TensorFlow.js kernels compute which TFLite op. One entry an op: what it does with real numbers; that operands
 * come dequantised and results are put back on their tensor's grid is the runner's business (graph-runner.ts). The table
 * stands apart from the ops' descriptions (`tflite/op-table.ts`), because it is code in TensorFlow.js' calls, of which the format knows nothing.
 */
import type { OperatorCode } from '../../../../tflite/format/model';
import type { BuiltinOperator } from '../../../../tflite/format/schema/operators';
import type { KernelEntry } from './op-call';
import { convolutions, customConvolutions } from './ops/convolutions';
import { elementwise } from './ops/elementwise';
import { layout } from './ops/layout';
import { products } from './ops/products';
import { recurrent } from './ops/recurrent';
import { reductions } from './ops/reductions';

const builtins: { readonly [Name in BuiltinOperator]?: KernelEntry } = { ...convolutions, ...products, ...elementwise, ...layout, ...reductions, ...recurrent };
const customs: Readonly<Record<string, KernelEntry>> = { ...customConvolutions };

/** The built-in and custom ops that have an entry. */
export const supportedOps = { builtins: Object.keys(builtins) as readonly BuiltinOperator[], customs: Object.keys(customs) } as const;

/** The entry of an op; null for one that has none. */
export function kernelEntry({ name, custom }: Pick<OperatorCode, 'name' | 'custom'>): KernelEntry | null {
  const table: Readonly<Record<string, KernelEntry | undefined>> = custom ? customs : builtins;
  return Object.hasOwn(table, name) ? table[name] ?? null : null;
}
