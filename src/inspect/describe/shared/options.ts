import { type FlexValue, readFlexBuffer } from '../../../tflite/format/read/flexbuffer';
import { type Model, type Operator, type SubGraph } from '../../../tflite/format/model';
import { modelSchema } from '../../../tflite/format/schema/tables';
import type { Field, Table } from '../../../tflite/format/schema/fields';
import { constantOptions } from './constant-options';
import type { OptionWord } from './descriptions';
import { hexWord, listWord, numberWord, settingName, shapeWord, yesNo } from './words';
import { inspect as text } from '../../../messages/inspect';

// Words for fields of the format's settings, whichever op has them: what is known of ops stands in `tflite/op-table.ts`.

/** Fields that belong together, largest dimension first: `stride 2×2` is height × width. */
const sizeFields: readonly { readonly name: string; readonly fields: readonly string[]; readonly unsaid?: string }[] = [
  { name: 'filter', fields: ['filter_height', 'filter_width'] },
  { name: 'stride', fields: ['stride_d', 'stride_h', 'stride_w'] },
  { name: 'dilation', fields: ['dilation_d_factor', 'dilation_h_factor', 'dilation_w_factor'], unsaid: '1' },
];

/** Values that mean nothing to the op at hand and go unsaid. */
const unsaid: Readonly<Record<string, unknown>> = {
  pot_scale_int16: true,
  quantized_bias_type: 'float32',
  asymmetric_quantize_inputs: false,
  weights_format: 'DEFAULT',
  diagonal_recurrent_tensors: false,
  table_id: 0,
};

/**
 * An op's settings in words, from its options table, its constant inputs and the shape of its weights. What any
 * model of the format leaves at the value that changes nothing (a dilation of 1) goes unsaid.
 */
export function describeOptions(model: Model, subgraph: SubGraph, operator: Operator): readonly OptionWord[] {
  const fromInputs = constantOptions(model, subgraph, operator);
  const covered = new Set(fromInputs.map(({ name }) => name));
  const { options, code } = operator;
  if (options === null) return [...fromInputs, ...publishedCustomOptions(operator), ...flexOptions(operator.customOptions)];
  if (options.table === 'unknown') {
    return [...fromInputs, { name: settingName('settings'), value: text.newerSettings(options.values.member, options.content.bytes.length) }];
  }
  const table: Table = modelSchema[options.table];
  const values: Readonly<Record<string, unknown>> = options.values;
  const sized = sizeFields.flatMap(({ name, fields, unsaid: silent }) => {
    const present = fields.filter((field) => field in values).map((field) => numberWord(Number(values[field])));
    return present.length === 0 || present.every((value) => value === silent) ? [] : [{ name: settingName(name), value: present.join('×') }];
  });
  const others = Object.entries(values).flatMap(([field, value]): OptionWord[] => {
    const name = settingName(field);
    const definition = table[field];
    if (definition === undefined || sizeFields.some(({ fields }) => fields.includes(field)) || covered.has(name)) return [];
    if (unsaid[field] === value || (code.name === 'STRIDED_SLICE' && covered.has(settingName('slice')))) return [];
    return [{ name, value: valueWord(field, definition, value) }];
  });
  const attributes = options.table === 'StableHLOCompositeOptions' ? flexOptions(options.values.composite_attributes) : options.table === 'StablehloCustomCallOptions' ? flexOptions(options.values.custom_attributes) : [];
  return [...fromInputs, ...sized, ...others, ...attributes];
}

function valueWord(field: string, definition: Field, value: unknown): string {
  if (value === null) return text.notStated;
  if (definition.kind === 'boolean') return yesNo(value === true);
  if (definition.kind === 'enum') {
    if (value === 'NONE') return text.none;
    return definition.enumeration === 'ActivationFunctionType' ? String(value) : String(value).toLowerCase();
  }
  if (definition.kind === 'string') return `“${String(value)}”`;
  if (value instanceof Uint8Array) return text.bytesInHex(value.length, hexWord(value, 32));
  if (Array.isArray(value)) return field.endsWith('_shape') ? shapeWord(value as number[]) : listWord(value as number[]);
  if (field.endsWith('_mask')) return maskWord(Number(value));
  if (field.endsWith('_clip') && value === 0) return text.none;
  return numberWord(value as number | bigint);
}

/** The bits of a mask as what they stand for. */
function maskWord(mask: number): string {
  const dimensions = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (mask & (1 << bit)) !== 0);
  return dimensions.length === 0 ? text.none : text.dimensions(dimensions.join(', '));
}

/** Settings of custom ops whose layout is published: MediaPipe's transposed convolution stores TFLite's own C structure. */
function publishedCustomOptions({ code, customOptions }: Operator): OptionWord[] {
  if (!code.custom || code.name !== 'Convolution2DTransposeBias' || customOptions?.length !== 12) return [];
  const view = new DataView(customOptions.buffer, customOptions.byteOffset, customOptions.byteLength);
  const padding = { 1: 'same', 2: 'valid' }[view.getInt32(0, true)];
  return [
    { name: settingName('stride'), value: `${numberWord(view.getInt32(8, true))}×${numberWord(view.getInt32(4, true))}` },
    ...(padding === undefined ? [] : [{ name: settingName('padding'), value: padding }]),
  ];
}

/** What a FlexBuffer says by name, as its author called it. */
function flexOptions(bytes: Uint8Array | null): OptionWord[] {
  const settings = bytes === null ? undefined : readFlexBuffer(bytes);
  return settings instanceof Map ? [...settings].map(([name, value]) => ({ name, value: flexWord(value) })) : [];
}

function flexWord(value: FlexValue): string {
  if (value === null) return text.nothing;
  if (typeof value === 'boolean') return yesNo(value);
  if (typeof value === 'string') return `“${value}”`;
  if (typeof value === 'number' || typeof value === 'bigint') return numberWord(value);
  if (value instanceof Uint8Array) return text.bytesInHex(value.length, hexWord(value, 32));
  if (value instanceof Map) return `{${[...value].map(([name, each]) => `${name}: ${flexWord(each)}`).join(', ')}}`;
  return `[${(value as readonly FlexValue[]).map(flexWord).join(', ')}]`;
}

/** `stride 2×2, padding same, fused activation RELU6`. */
export function optionsText(options: readonly OptionWord[]): string {
  return text.settingsInWords(options);
}
