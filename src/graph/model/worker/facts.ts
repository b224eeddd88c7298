import type { Operator, SubGraph } from '../../../tflite/format/model';
import { graph as words } from '../../../messages/graph';

/** Names that people know better than the file's. */
const activations: Readonly<Record<string, string>> = { RELU: 'ReLU', RELU6: 'ReLU6', RELU_N1_TO_1: 'ReLU ±1', TANH: 'tanh' };

function activationOf(name: unknown): string {
  return name === 'SIGN_BIT' ? words.signBit : activations[String(name)] ?? '';
}

/** The spatial size of a convolution's filter, which is at dimensions 1 and 2 of every 2-D filter layout. */
function kernelOf(operator: Operator, subgraph: SubGraph): string {
  const filter = subgraph.tensors[operator.inputs[1] ?? -1]?.shape ?? [];
  if (operator.code.name.startsWith('CONV_3D')) return filter.slice(0, 3).join('×');
  return filter.length === 4 ? `${filter[1]}×${filter[2]}` : '';
}

function text(values: Readonly<Record<string, unknown>>, key: string, write: (value: number) => string): string {
  const value = values[key];
  return typeof value === 'number' ? write(value) : '';
}

function pair(one: number, other: number): string {
  return one === other ? String(one) : `${one}×${other}`;
}

/** What sets an op apart from others of its kind, as short as a node allows: `3×3 s2 · ReLU6`, `axis 3`, `→ 1×896×1`. */
export function keyFact(operator: Operator, subgraph: SubGraph): string {
  const { name, custom } = operator.code;
  const values: Readonly<Record<string, unknown>> = operator.options === null || operator.options.table === 'unknown' ? {} : operator.options.values;
  const parts: string[] = [];
  if (!custom && /CONV/.test(name)) parts.push(kernelOf(operator, subgraph));
  if (typeof values['filter_width'] === 'number') parts.push(`${String(values['filter_height'])}×${values['filter_width']}`);
  const { stride_h: high, stride_w: wide } = values;
  if (typeof high === 'number' && typeof wide === 'number' && (high !== 1 || wide !== 1)) parts.push(`s${pair(high, wide)}`);
  const { dilation_h_factor: dilationHigh, dilation_w_factor: dilationWide } = values;
  if (typeof dilationHigh === 'number' && typeof dilationWide === 'number' && (dilationHigh !== 1 || dilationWide !== 1)) parts.push(`d${pair(dilationHigh, dilationWide)}`);
  const geometry = parts.filter((part) => part !== '').join(' ');
  const output = subgraph.tensors[operator.outputs[0] ?? -1];
  const more = [
    geometry,
    text(values, 'axis', (axis) => words.axis(axis)),
    text(values, 'block_size', (size) => words.block(size)),
    text(values, 'alpha', (alpha) => `α ${Number(alpha.toPrecision(3))}`),
    text(values, 'num_splits', (count) => words.parts(count)),
    /^(RESHAPE|SQUEEZE|EXPAND_DIMS|TRANSPOSE|RESIZE_\w+|PAD|PADV2|SLICE|STRIDED_SLICE|BROADCAST_TO)$/.test(name) && output !== undefined ? `→ ${output.shape.join('×')}` : '',
    /^(QUANTIZE|DEQUANTIZE|CAST)$/.test(name) && output !== undefined ? `→ ${output.dtype}` : '',
    activationOf(values['fused_activation_function']),
  ];
  return more.filter((part) => part !== '').join(' · ');
}
