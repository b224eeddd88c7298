import fc from 'fast-check';
import { dtypes } from '../../tensor/dtype';
import { modelSchema } from '../format/schema/tables';
import type { Field, ScalarKind, Schema } from '../format/schema/fields';
import { builtinOptions } from '../format/schema/options';
import { builtinOptions2 } from '../format/schema/stablehlo';
import type { Fields } from './build';

const schema: Schema = modelSchema;

/** Models that can be read, as records for `buildModel`; what they say need not make sense. */
export const arbitraryModel: fc.Arbitrary<Fields> = fc.record({
  operator_codes: fc.array(table('OperatorCode', { builtin_code: fc.nat(300), deprecated_builtin_code: fc.nat(127) }), { minLength: 1, maxLength: 4 }),
  tensors: fc.array(table('Tensor', { type: fc.nat(dtypes.length - 1), buffer: fc.nat(9), quantization: table('QuantizationParameters', {
    zero_point: fc.array(fc.integer(), { maxLength: 3 }),
  }) }), { maxLength: 6 }),
  operators: fc.array(arbitraryOperator(), { maxLength: 6 }),
  buffers: fc.array(table('Buffer', { offset: fc.nat(1), size: fc.constant(0) }), { maxLength: 4 }),
  rest: table('Model', {
    version: fc.constant(3), operator_codes: fc.constant([]), subgraphs: fc.constant([]), buffers: fc.constant([]),
    external_buffers: fc.array(table('ExternalBuffer', { offset: fc.maxSafeNat(), length: fc.maxSafeNat() }), { maxLength: 2 }),
  }),
  graph: table('SubGraph', { tensors: fc.constant([]), operators: fc.constant([]) }),
}).map(({ rest, graph, tensors, operators, ...model }) => ({ ...rest, version: 3, ...model, subgraphs: [{ ...graph, tensors, operators }, graph] }));

function arbitraryOperator(): fc.Arbitrary<Fields> {
  // Either union, both or none.
  const settings = fc.record({ builtin_options: union(Object.keys(builtinOptions)), builtin_options_2: union(Object.keys(builtinOptions2)) }, { requiredKeys: [] });
  const rest = table('Operator', {
    opcode_index: fc.constant(0), large_custom_options_offset: fc.nat(1), large_custom_options_size: fc.constant(0),
  }, ['builtin_options', 'builtin_options_2']);
  return fc.tuple(rest, settings).map(([operator, options]) => ({ ...operator, ...options }));
}

/** A table of which any field may be missing. */
function table(name: string, given: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}, without: readonly string[] = []): fc.Arbitrary<Fields> {
  const fields: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [key, field] of Object.entries(schema[name] ?? {})) {
    if (field.kind !== 'deprecated' && !without.includes(key)) fields[key] = given[key] ?? value(field);
  }
  return fc.record(fields, { requiredKeys: [] });
}

function value(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'number': case 'wide': return scalar(field.scalar);
    case 'boolean': return fc.boolean();
    case 'enum': return fc.nat(field.names.length - 1);
    case 'string': return fc.string({ unit: 'binary', maxLength: 12 });
    case 'bytes': return fc.uint8Array({ maxLength: 40 });
    case 'vector': return fc.array(field.element === 'string' ? fc.string({ maxLength: 5 }) : scalar(field.element), { maxLength: 5 });
    case 'table': return table(field.table);
    case 'tables': return fc.array(table(field.table), { maxLength: 3 });
    case 'union': return union(field.members);
    case 'deprecated': return fc.constant(undefined);
  }
}

function union(members: readonly string[]): fc.Arbitrary<{ readonly member: string; readonly value: Fields }> {
  return fc.constantFrom(...members).chain((member) => table(member).map((record) => ({ member, value: record })));
}

function scalar(kind: ScalarKind): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'bool': return fc.boolean();
    case 'int8': return fc.integer({ min: -128, max: 127 });
    case 'uint8': return fc.nat(255);
    case 'int16': return fc.integer({ min: -32768, max: 32767 });
    case 'uint16': return fc.nat(65535);
    case 'int32': return fc.integer();
    case 'uint32': return fc.nat(2 ** 32 - 1);
    case 'float32': return fc.float();
    case 'float64': return fc.double();
    case 'int64': return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'uint64': return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  }
}
