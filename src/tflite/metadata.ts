import { LitescopeError } from '../errors';
import { AppendedFiles } from './appended-files';
import type { Model } from './model';
import { type MetadataSchema, metadataIdentifier, metadataSchema } from './schema/metadata';
import type { ModelMetadata } from './summary';
import { type TableView, rootTable } from './table';

type View<Name extends keyof MetadataSchema> = TableView<MetadataSchema, Name>;

/** The name under which a model lists its metadata. */
export const metadataName = 'TFLITE_METADATA';

/**
 * What a model says about itself: names, normalisation of inputs, labels of outputs (from files packed behind the
 * model). Never throws: null for a model without metadata, or with damaged ones; labels that cannot be read are
 * left out.
 *
 * @param bytes the whole file, behind which label files may be packed
 */
export function readMetadata(bytes: Uint8Array, model: Model): ModelMetadata | null {
  const entry = model.metadata.find(({ name }) => name === metadataName);
  const data = entry === undefined ? undefined : model.buffers[entry.buffer]?.data;
  if (data === undefined || data.length < 8 || String.fromCharCode(...data.subarray(4, 8)) !== metadataIdentifier) return null;
  try {
    return interpret(rootTable(metadataSchema, data, 'ModelMetadata', 'metadata'), new AppendedFiles(bytes));
  } catch (error) {
    if (error instanceof LitescopeError) return null;
    throw error;
  }
}

function interpret(root: View<'ModelMetadata'>, files: AppendedFiles): ModelMetadata {
  const labelFiles = new LabelFiles(files);
  const [subgraph] = root.tables('subgraph_metadata', () => 'metadata');
  return {
    name: root.value('name') ?? '',
    description: root.value('description') ?? '',
    version: root.value('version') ?? '',
    author: root.value('author') ?? '',
    license: root.value('license') ?? '',
    inputs: Array.from(subgraph?.tables('input_tensor_metadata', (index) => `metadata, input ${index}`) ?? [], (tensor) => {
      const normalisation = readNormalisation(tensor);
      return { name: tensor.value('name') ?? '', ...(normalisation === null ? {} : { normalisation }) };
    }),
    outputs: Array.from(subgraph?.tables('output_tensor_metadata', (index) => `metadata, output ${index}`) ?? [], (tensor) => {
      const labels = readLabels(tensor, labelFiles);
      const range = readRange(tensor);
      return { name: tensor.value('name') ?? '', ...(labels === null ? {} : { labels }), ...(range === null ? {} : { range }) };
    }),
  };
}

function readNormalisation(tensor: View<'TensorMetadata'>): { mean: readonly number[]; std: readonly number[] } | null {
  for (const unit of tensor.tables('process_units', () => tensor.place)) {
    const options = unit.union('options');
    if (options === null || !options.known || options.name !== 'NormalizationOptions') continue;
    const { mean, std } = (options.view as View<'NormalizationOptions'>).values();
    const usable = mean !== null && std !== null && mean.length > 0 && std.length > 0
      && mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value !== 0);
    if (usable) return { mean, std };
  }
  return null;
}

/** Least and greatest value over all channels. */
function readRange(tensor: View<'TensorMetadata'>): { lowest: number; highest: number } | null {
  const stats = tensor.table('stats')?.values();
  const lowest = stats?.min?.reduce((least, value) => Math.min(least, value), Infinity) ?? NaN;
  const highest = stats?.max?.reduce((greatest, value) => Math.max(greatest, value), -Infinity) ?? NaN;
  return Number.isFinite(lowest) && Number.isFinite(highest) && lowest < highest ? { lowest, highest } : null;
}

/** Labels of an axis before labels of values; without a locale before English before any other. */
function readLabels(tensor: View<'TensorMetadata'>, files: LabelFiles): readonly string[] | null {
  const candidates = Array.from(tensor.tables('associated_files', () => tensor.place), (file) => file.values())
    .filter(({ type }) => type === 'TENSOR_AXIS_LABELS' || type === 'TENSOR_VALUE_LABELS');
  const rank = ({ type, locale }: (typeof candidates)[number]): number =>
    (type === 'TENSOR_AXIS_LABELS' ? 0 : 3) + (locale === null || locale === '' ? 0 : locale.startsWith('en') ? 1 : 2);
  const best = candidates.sort((a, b) => rank(a) - rank(b))[0];
  return best === undefined || best.name === null ? null : files.read(best.name);
}

/** Label files by name, each split once: any number of outputs may refer to one. */
class LabelFiles {
  readonly #files: AppendedFiles;
  readonly #labels = new Map<string, readonly string[] | null>();

  constructor(files: AppendedFiles) {
    this.#files = files;
  }

  read(name: string): readonly string[] | null {
    const known = this.#labels.get(name);
    if (known !== undefined) return known;
    const content = this.#files.read(name);
    const labels = content === null ? null : splitLines(new TextDecoder().decode(content));
    this.#labels.set(name, labels);
    return labels;
  }
}

function splitLines(content: string): readonly string[] {
  const lines = content.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
