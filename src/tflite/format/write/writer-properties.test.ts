import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Model } from '../model';
import { readModel } from '../read/reader';
import { modelIdentifier, modelSchema } from '../schema/tables';
import { boolean, bytes, int32, int64, string, table, tables, vector } from '../schema/fields';
import { customOperatorCode } from '../schema/operators';
import { rootTable } from '../read/table';
import { arbitraryModel } from '../../testing/arbitrary';
import { type Fields, addition, buildFlatBuffer, buildModel, subgraph, tensor } from '../../testing/build';
import { type Contents, contentsOf } from '../../testing/contents';
import { meaningOf, sameBytes } from '../../testing/round-trip';
import { writeModel } from './writer';

function roundTrip(file: Uint8Array): Model {
  const before = readModel(file);
  const written = writeModel(before);
  const after = readModel(written);
  expect(meaningOf(after)).toEqual(meaningOf(before));
  expect(sameBytes(writeModel(after), written)).toBe(true);
  return after;
}

test('models from anything that the schema allows', () => {
  fc.assert(fc.property(arbitraryModel, (model) => { roundTrip(buildModel(model)); }), { numRuns: 400 });
}, 60_000);

/** What tables say, apart from what the writer may say in another way: op codes in two fields, and that there is no data behind the file. */
function saidBy(file: Uint8Array): Contents {
  const said = contentsOf(modelSchema, 'Model', file);
  const each = (tables: unknown, change: (table: Contents) => Contents): unknown => (Array.isArray(tables) ? tables.map((table: Contents) => change(table)) : undefined);
  const none = (key: string) => ({ [key]: offset, ...table }: Contents): Contents => (Number(offset ?? 0) > 1 ? { ...table, [key]: offset } : table);
  const code = ({ deprecated_builtin_code: old, builtin_code: now, custom_code: custom, ...table }: Contents): Contents => {
    const number = Math.max(Number(old ?? 0), Number(now ?? 0));
    return { ...table, number, custom: number === customOperatorCode ? custom : undefined };
  };
  const graph = ({ operators, ...table }: Contents): Contents => ({ ...table, operators: each(operators, none('large_custom_options_offset')) });
  return { ...said, operator_codes: each(said.operator_codes, code), buffers: each(said.buffers, none('offset')), subgraphs: each(said.subgraphs, graph) };
}

test('every field of every table says the same to another reader', () => {
  fc.assert(fc.property(arbitraryModel, (model) => {
    const file = buildModel(model);
    expect(saidBy(writeModel(readModel(file)))).toEqual(saidBy(file));
  }), { numRuns: 400 });
}, 60_000);

test('an op that fills both unions of settings keeps both', () => {
  const operators = [{ inputs: [0, 1], outputs: [2], builtin_options: { member: 'AddOptions', value: { fused_activation_function: 3 } }, builtin_options_2: { member: 'StablehloIotaOptions', value: { iota_dimension: 2n } } }];
  const [operator] = roundTrip(buildModel(addition({ subgraphs: [subgraph({ operators })] }))).subgraphs[0]?.operators ?? [];
  expect(operator?.options).toMatchObject({ table: 'AddOptions', values: { fused_activation_function: 'RELU6' } });
  expect(operator?.secondOptions).toEqual({ table: 'StablehloIotaOptions', values: { iota_dimension: 2 } });
});

test('a model that was taken apart by structured clone', () => {
  const model = readModel(buildModel(addition()));
  expect(readModel(writeModel(structuredClone(model))).subgraphs).toEqual(model.subgraphs);
});

/** The schema of a later day: some tables have more fields, and the union of settings has more members. */
const later = {
  ...modelSchema,
  SubGraph: { ...modelSchema.SubGraph, mood: int32() },
  Tensor: { ...modelSchema.Tensor, flag: boolean(), places: vector('int64'), note: string() },
  Operator: { ...modelSchema.Operator, builtin_options: { kind: 'union', members: [...modelSchema.Operator.builtin_options.members, 'LaterOptions'] }, hint: string() },
  AddOptions: { ...modelSchema.AddOptions, order: vector('int32'), small: int32() },
  LaterOptions: { axis: int32(), alone: boolean(), name: string(), dimensions: vector('int64'), blob: bytes(), names: vector('string'), inner: table('LaterInner'), steps: tables('LaterInner') },
  LaterInner: { width: int32(), label: string(), sizes: vector('int32'), deeper: table('LaterDeeper'), offset: int64() },
  LaterDeeper: { words: vector('string'), ratio: int32() },
} as const;
const laterTensor = (changes: Fields): Fields => tensor({ flag: true, places: [2n ** 50n, -1], note: 'written later', ...changes });
const settings = { axis: 64, alone: true, name: 'a setting of a later day', dimensions: [1, 2n ** 60n, -3], blob: Uint8Array.from({ length: 300 }, (_, index) => index) };

function laterFile(): Uint8Array {
  return buildFlatBuffer(later, 'Model', addition({
    subgraphs: [subgraph({
      mood: 7,
      tensors: [laterTensor({ name: 'a', note: 'x' }), laterTensor({ name: 'b', buffer: 1 }), laterTensor({ places: [] })],
      operators: [
        { opcode_index: 0, inputs: [0, 1], outputs: [2], hint: 'fast', builtin_options: { member: 'AddOptions', value: { fused_activation_function: 1, order: [5, 6, 7], small: 12 } } },
        { opcode_index: 0, inputs: [0, 1], outputs: [2], builtin_options: { member: 'LaterOptions', value: settings } },
      ],
    })],
  }), modelIdentifier);
}

/** What a reader of that day makes of a file. */
function readLater(file: Uint8Array): unknown {
  const [graph] = rootTable(later, file, 'Model').tables('subgraphs', () => '');
  return {
    mood: graph?.value('mood'),
    tensors: Array.from(graph?.tables('tensors', () => '') ?? [], (view) => [view.value('name'), view.value('flag'), view.value('places'), view.value('note'), view.value('shape')]),
    operators: Array.from(graph?.tables('operators', () => '') ?? [], (view) => {
      const options = view.union('builtin_options');
      return [view.value('hint'), view.value('inputs'), options?.known === true ? [options.name, options.view.values()] : null];
    }),
  };
}

describe('files of a later schema', () => {
  const file = laterFile();

  test('mean the same to its readers after they were written here', () => {
    expect(readLater(file)).toMatchObject({ mood: 7, operators: [['fast', [0, 1], ['AddOptions', { small: 12, order: [5, 6, 7] }]], [null, [0, 1], ['LaterOptions', { ...settings, blob: expect.anything() }]]] });
    const { bytes: written } = roundTrip(file);
    expect(readLater(written)).toEqual(readLater(file));
    expect(readLater(roundTrip(written).bytes)).toEqual(readLater(file));
  });

  test('keep tables inside unknown settings, lists of them, and lists of texts', () => {
    const inner = (width: number, words: string[]): Fields => ({ width, label: `of ${width}`, sizes: [width, 8, 12], offset: 2n ** 40n, deeper: { words, ratio: -width } });
    const deep = { ...settings, names: ['first', '', 'a third, longer one'], inner: inner(16, ['deep', 'down']), steps: [inner(1, []), inner(2, ['x']), {}] };
    const made = buildFlatBuffer(later, 'Model', addition({
      subgraphs: [subgraph({ operators: [
        { inputs: [0, 1], outputs: [2], builtin_options: { member: 'LaterOptions', value: deep } },
        { inputs: [0, 1], outputs: [2], builtin_options: { member: 'LaterOptions', value: { inner: {}, steps: [] } } },
      ] })],
    }), modelIdentifier);
    const operatorsOf = (bytes: Uint8Array): unknown => (contentsOf(later, 'Model', bytes) as { subgraphs: { operators: unknown }[] }).subgraphs[0]?.operators;
    expect(operatorsOf(made)).toMatchObject([
      { builtin_options: { member: 'LaterOptions', content: { names: ['first', '', 'a third, longer one'], inner: { width: 16, deeper: { words: ['deep', 'down'], ratio: -16 } }, steps: [{ label: 'of 1' }, { sizes: [2, 8, 12] }, {}] } } },
      { builtin_options: { member: 'LaterOptions', content: { inner: {} } } },
    ]);
    const { bytes: written } = roundTrip(made);
    expect(operatorsOf(written)).toEqual(operatorsOf(made));
    expect(operatorsOf(roundTrip(written).bytes)).toEqual(operatorsOf(made));
  });

  test('keep unknown fields when known ones are changed', () => {
    const model = readModel(file);
    const renamed = model.subgraphs.map((graph) => ({ ...graph, tensors: graph.tensors.map((each) => ({ ...each, name: `${each.name}, with a much longer name` })) }));
    const read = readLater(writeModel({ ...model, subgraphs: renamed })) as { tensors: unknown[][] };
    expect(read.tensors[0]).toEqual(['a, with a much longer name', true, [2 ** 50, -1], 'x', [1, 2]]);
  });

  test('are told apart from files that the schema knows entirely', () => {
    const extended = (model: Model): boolean => model.subgraphs.some((graph) => graph.unknownFields !== undefined || graph.tensors.some(({ unknownFields }) => unknownFields !== undefined));
    expect([extended(readModel(file)), extended(readModel(buildModel(addition())))]).toEqual([true, false]);
  });
});

test('fields that are deprecated are kept too', () => {
  // Until version 3a, RESIZE_BILINEAR had its size among its settings.
  const old = { ...modelSchema, ResizeBilinearOptions: { ...modelSchema.ResizeBilinearOptions, new_height: int32(), new_width: int32() } };
  const operators = [{ inputs: [0, 1], outputs: [2], builtin_options: { member: 'ResizeBilinearOptions', value: { new_height: 16, new_width: 24, align_corners: true } } }];
  const { bytes: written } = roundTrip(buildFlatBuffer(old, 'Model', addition({ subgraphs: [subgraph({ operators })] }), modelIdentifier));
  const [graph] = rootTable(old, written, 'Model').tables('subgraphs', () => '');
  const [operator] = graph?.tables('operators', () => '') ?? [];
  const options = operator?.union('builtin_options');
  expect(options?.known === true && options.view.values()).toEqual({ new_height: 16, new_width: 24, align_corners: true, half_pixel_centers: false });
});
