import { zipSync } from 'fflate';
import { LitescopeError } from '../errors';
import { rewrite as words } from '../messages/rewrite';
import { tflitePlaces as places } from '../messages/tflite-places';
import { AppendedFiles } from '../tflite/format/archive/appended-files';
import { addBuffer, replaceBuffer } from '../tflite/format/edit';
import { type RecordOf, writeFlatBuffer } from '../tflite/format/write/flatbuffer-writer';
import { metadataBlock, metadataName } from '../tflite/metadata/metadata';
import type { Model } from '../tflite/format/model';
import { type MetadataSchema, metadataIdentifier, metadataSchema } from '../tflite/format/schema/metadata';
import { rootTable } from '../tflite/format/read/table';
import { recordOfTable } from '../tflite/format/write/table-record';
import { joinParts } from '../tflite/format/write/writer';
import type { Note, Pass } from './pass';

/** What is left out stays as it is. */
export interface TensorEdit {
  /** Counted among the model's inputs, or among its outputs. */
  readonly index: number;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** The value is (pixel − mean) ÷ std, pixels from 0 to 255; one number each, or one for each channel. Inputs only. */
  readonly normalisation?: { readonly mean: readonly number[]; readonly std: readonly number[] } | undefined;
  /** One for each class, in order. Outputs only. */
  readonly labels?: readonly string[] | undefined;
}

/** What a model says about itself; what is left out stays as it is. */
export interface MetadataEdits {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly author?: string | undefined;
  readonly license?: string | undefined;
  readonly inputs?: readonly TensorEdit[] | undefined;
  readonly outputs?: readonly TensorEdit[] | undefined;
}

type RecordNamed<Name extends keyof MetadataSchema> = RecordOf<MetadataSchema, Name>;

/** The parser that reads the oldest form of metadata reads these too. */
const oldestParser = '1.0.0';
/** Zip keeps a time for each file, 1980 at the earliest; one that stands still lets the same edits give the same file. */
const archiveTime = new Date(1980, 0, 1);
const texts = ['name', 'description', 'version', 'author', 'license'] as const;

/**
 * Writes what a model says about itself: its name, the normalisation of its inputs, the labels of its outputs. The rest of
 * its metadata stays, labels in other languages too. Labels are kept in a zip archive behind the model, not compressed,
 * as the format asks.
 *
 * @throws LitescopeError INVALID_SHAPE for an edge that the model does not have, INVALID_CONFIGURATION for a
 *   normalisation that divides by zero
 */
export function editMetadata(edits: MetadataEdits): Pass {
  return {
    id: 'metadata',
    title: words.metadata.title,
    purpose: words.metadata.purpose,
    precision: 'exact',
    apply(model) {
      const changed = notesOf(model, edits);
      return changed.length === 0 ? { model, changed, skipped: [] } : { model: withMetadata(model, edits), changed, skipped: [] };
    },
  };
}

function notesOf(model: Model, edits: MetadataEdits): readonly Note[] {
  const own = texts.flatMap((key): Note[] => (edits[key] === undefined ? [] : [{ place: places.modelMetadata, text: words.metadata.isNow[key](edits[key]) }]));
  const edges = (['input', 'output'] as const).flatMap((side) => (edits[`${side}s`] ?? []).map(({ index, labels, normalisation, name, description }): Note => {
    const parts = [
      ...(name === undefined ? [] : [words.metadata.isCalled(name)]),
      ...(description === undefined ? [] : [words.metadata.hasDescription]),
      ...(normalisation === undefined ? [] : [words.metadata.takes(normalisation.mean.join(', '), normalisation.std.join(', '))]),
      ...(labels === undefined ? [] : [labelNote(labels, model.subgraphs[0]?.tensors[model.subgraphs[0][`${side}s`][index] ?? -1]?.shape ?? [])]),
    ];
    return { place: places[side](places.modelMetadata, index), text: words.metadata.together(parts) };
  }));
  return [...own, ...edges];
}

function labelNote(labels: readonly string[], shape: readonly number[]): string {
  return labelType(labels, shape) === 'TENSOR_AXIS_LABELS' ? words.metadata.hasLabels(labels.length) : words.metadata.hasLabelsForValues(labels.length);
}

function withMetadata(model: Model, edits: MetadataEdits): Model {
  const [graph] = model.subgraphs;
  const entry = model.metadata.find(({ name }) => name === metadataName);
  const block = metadataBlock(model);
  const before: RecordNamed<'ModelMetadata'> = block === null ? { min_parser_version: oldestParser } : recordOfTable(rootTable(metadataSchema, block, 'ModelMetadata', 'metadata'));
  const [firstGraph, ...otherGraphs] = before.subgraph_metadata ?? [];
  const files = packedFiles(model);
  const outputs = describeEdges(model, graph?.outputs ?? [], firstGraph?.output_tensor_metadata ?? [], edits.outputs ?? [], files);
  const record: RecordNamed<'ModelMetadata'> = {
    ...before,
    ...Object.fromEntries(texts.flatMap((key) => (edits[key] === undefined ? [] : [[key, edits[key]]]))),
    subgraph_metadata: [{
      ...firstGraph,
      input_tensor_metadata: describeEdges(model, graph?.inputs ?? [], firstGraph?.input_tensor_metadata ?? [], edits.inputs ?? [], files),
      output_tensor_metadata: outputs,
    }, ...otherGraphs],
  };
  const bytes = joinParts(writeFlatBuffer(metadataSchema, 'ModelMetadata', record, metadataIdentifier));
  // An archive alone, whose positions count from its beginning: the writer moves it behind the model.
  const archived = { ...model, bytes: files.size === 0 ? model.bytes : zipSync(Object.fromEntries(files), { level: 0, mtime: archiveTime }) };
  if (entry !== undefined) return replaceBuffer(archived, entry.buffer, bytes);
  const { whole, index } = addBuffer(archived, bytes);
  return { ...whole, metadata: [...whole.metadata, { name: metadataName, buffer: index }] };
}

/** One description for each edge, in order: those that have none yet get the tensor's name. */
function describeEdges(model: Model, edges: readonly number[], known: readonly RecordNamed<'TensorMetadata'>[], edits: readonly TensorEdit[], files: Map<string, Uint8Array>): readonly RecordNamed<'TensorMetadata'>[] {
  const missing = edits.find(({ index }) => edges[index] === undefined);
  if (missing !== undefined) throw new LitescopeError('INVALID_SHAPE', words.metadata.noEdge(missing.index));
  return edges.map((tensor, index) => {
    const before = known[index] ?? { name: model.subgraphs[0]?.tensors[tensor]?.name ?? '' };
    const edit = edits.find((each) => each.index === index);
    if (edit === undefined) return before;
    const { name, description, normalisation, labels } = edit;
    return {
      ...before,
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...(normalisation === undefined ? {} : { process_units: [...(before.process_units ?? []).filter(({ options }) => options?.member !== 'NormalizationOptions'), normalise(normalisation)] }),
      ...(labels === undefined ? {} : { associated_files: labelFiles(before.associated_files ?? [], `labels-output-${index}.txt`, labels, labelType(labels, model.subgraphs[0]?.tensors[tensor]?.shape ?? []), files) }),
    };
  });
}

function normalise({ mean, std }: NonNullable<TensorEdit['normalisation']>): RecordNamed<'ProcessUnit'> {
  if (mean.length === 0 || std.length === 0 || std.includes(0) || ![...mean, ...std].every(Number.isFinite)) {
    throw new LitescopeError('INVALID_CONFIGURATION', words.metadata.invalidNormalisation);
  }
  return { options: { member: 'NormalizationOptions', record: { mean, std } } };
}

/** Labels without a language take the place of those that are there without one; other languages stay. */
function labelFiles(before: readonly RecordNamed<'AssociatedFile'>[], name: string, labels: readonly string[], type: LabelType, files: Map<string, Uint8Array>): readonly RecordNamed<'AssociatedFile'>[] {
  const others = before.filter((file) => (file.type !== 'TENSOR_AXIS_LABELS' && file.type !== 'TENSOR_VALUE_LABELS') || (file.locale ?? '') !== '');
  files.set(name, new TextEncoder().encode(labels.map((label) => `${label.replaceAll(/\r?\n/g, ' ')}\n`).join('')));
  return [{ name, type }, ...others];
}

type LabelType = 'TENSOR_AXIS_LABELS' | 'TENSOR_VALUE_LABELS';

/** A classifier has a score for each label; a detector gives labels' numbers as values. */
function labelType(labels: readonly string[], shape: readonly number[]): LabelType {
  return shape.at(-1) === labels.length ? 'TENSOR_AXIS_LABELS' : 'TENSOR_VALUE_LABELS';
}

function packedFiles(model: Model): Map<string, Uint8Array> {
  const appended = new AppendedFiles(model.bytes);
  return new Map(appended.names.flatMap((name): [string, Uint8Array][] => { const content = appended.read(name); return content === null ? [] : [[name, content]]; }));
}
