import { LitescopeError } from '../../errors';
import { tflitePlaces as places } from '../../messages/tflite-places';
import { AppendedFiles } from '../format/archive/appended-files';
import type { Model } from '../format/model';
import { type MetadataSchema, metadataIdentifier, metadataSchema } from '../format/schema/metadata';
import { type ScoreCalibration, readCalibrationLines } from './score-calibration';
import type { BoxForm, DescribedTokenizer, ModelMetadata } from './model-metadata';
import { isDictionary } from './yolo-metadata';
import { type TableView, rootTable } from '../format/read/table';

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
  const data = metadataBlock(model);
  if (data === null) return null;
  try {
    return interpret(rootTable(metadataSchema, data, 'ModelMetadata', places.modelMetadata), new AppendedFiles(bytes));
  } catch (error) {
    if (error instanceof LitescopeError) return null;
    throw error;
  }
}

/** The FlatBuffer in which a model describes itself, not yet checked; null for a model without, or with something else there. */
export function metadataBlock(model: Model): Uint8Array | null {
  const entry = model.metadata.find(({ name }) => name === metadataName);
  const data = entry === undefined ? undefined : model.buffers[entry.buffer]?.data;
  return data === undefined || data.length < 8 || String.fromCharCode(...data.subarray(4, 8)) !== metadataIdentifier ? null : data;
}

function interpret(root: View<'ModelMetadata'>, files: AppendedFiles): ModelMetadata {
  const packedTexts = new PackedTexts(files);
  const [subgraph] = root.tables('subgraph_metadata', () => places.modelMetadata);
  return {
    name: root.value('name') ?? '',
    description: root.value('description') ?? '',
    version: root.value('version') ?? '',
    author: root.value('author') ?? '',
    license: root.value('license') ?? '',
    ...present('tokenizer', readTokenizer(subgraph, files)),
    inputs: Array.from(subgraph?.tables('input_tensor_metadata', (index) => places.input(places.modelMetadata, index)) ?? [], (tensor) => ({
      ...describe(tensor), ...present('normalisation', readNormalisation(tensor)), ...present('range', readRange(tensor)), ...present('sound', readSound(tensor)),
      ...present('features', namesIn(tensor, 'TENSOR_AXIS_LABELS', packedTexts)), ...present('categories', namesIn(tensor, 'TENSOR_VALUE_LABELS', packedTexts)),
    })),
    outputs: Array.from(subgraph?.tables('output_tensor_metadata', (index) => places.output(places.modelMetadata, index)) ?? [], (tensor) => ({
      ...describe(tensor), ...readLabels(tensor, packedTexts), ...present('range', readRange(tensor)),
      ...present('calibration', readCalibration(tensor, packedTexts)), ...present('scoreThreshold', readThreshold(tensor)), ...present('boxes', readBoxes(tensor)),
    })),
  };
}

function describe(tensor: View<'TensorMetadata'>): { name: string; description?: string } {
  const { name, description } = tensor.values();
  return { name: name ?? '', ...(description === null || description === '' ? {} : { description }) };
}

function present<Key extends string, Value>(key: Key, value: Value | null): Partial<Record<Key, Value>> {
  return value === null ? {} : { [key]: value } as Partial<Record<Key, Value>>;
}

const tokenizers = { BertTokenizerOptions: 'wordpiece', SentencePieceTokenizerOptions: 'sentencepiece', RegexTokenizerOptions: 'regex' } as const;

/** The first tokenizer among the process units of the model and of its inputs, if its vocabulary is there. */
function readTokenizer(subgraph: View<'SubGraphMetadata'> | undefined, files: AppendedFiles): DescribedTokenizer | null {
  if (subgraph === undefined) return null;
  const inputs = Array.from(subgraph.tables('input_tensor_metadata', () => subgraph.place));
  const units = [...Array.from(subgraph.tables('input_process_units', () => subgraph.place)), ...inputs.flatMap((tensor) => Array.from(tensor.tables('process_units', () => tensor.place)))];
  for (const unit of units) {
    const options = unit.union('options');
    if (options === null || !options.known || !(options.name in tokenizers)) continue;
    const kind = tokenizers[options.name as keyof typeof tokenizers];
    const view = options.view as View<'SentencePieceTokenizerOptions'>;
    const [file] = Array.from(view.tables(kind === 'sentencepiece' ? 'sentencePiece_model' : 'vocab_file', () => subgraph.place));
    const vocabulary = files.placeOf(file?.value('name') ?? '');
    const pattern = kind === 'regex' ? (options.view as View<'RegexTokenizerOptions'>).value('delim_regex_pattern') : null;
    if (vocabulary !== null) return { kind, vocabulary, ...(pattern === null || pattern === '' ? {} : { pattern }) };
  }
  return null;
}

type ProcessOptions = 'NormalizationOptions' | 'ScoreCalibrationOptions' | 'ScoreThresholdingOptions';

/** The options of one kind among a tensor's process units. */
function optionsOf<Name extends ProcessOptions>(tensor: View<'TensorMetadata'>, name: Name): View<Name>[] {
  return Array.from(tensor.tables('process_units', () => tensor.place)).flatMap((unit) => {
    const options = unit.union('options');
    return options !== null && options.known && options.name === name ? [options.view as View<Name>] : [];
  });
}

function readNormalisation(tensor: View<'TensorMetadata'>): { mean: readonly number[]; std: readonly number[] } | null {
  for (const options of optionsOf(tensor, 'NormalizationOptions')) {
    const { mean, std } = options.values();
    const usable = mean !== null && std !== null && mean.length > 0 && std.length > 0
      && mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value !== 0);
    if (usable) return { mean, std };
  }
  return null;
}

const transformations = { IDENTITY: 'identity', LOG: 'log', INVERSE_LOGISTIC: 'inverse-logistic' } as const;

/** Options without their file, or with one of another form, calibrate nothing. */
function readCalibration(tensor: View<'TensorMetadata'>, texts: PackedTexts): ScoreCalibration | null {
  const [options] = optionsOf(tensor, 'ScoreCalibrationOptions');
  const file = filesOf(tensor).find(({ type }) => type === 'TENSOR_AXIS_SCORE_CALIBRATION');
  const content = file === undefined || file.name === null ? null : texts.read(file.name);
  const classes = content === null ? null : readCalibrationLines(content);
  if (options === undefined || classes === null) return null;
  const { score_transformation: name, default_score: defaultScore } = options.values();
  const transformation = Object.entries(transformations).find(([known]) => known === name)?.[1];
  return transformation === undefined || !Number.isFinite(defaultScore) ? null : { transformation, defaultScore, classes };
}

function readThreshold(tensor: View<'TensorMetadata'>): number | null {
  const threshold = optionsOf(tensor, 'ScoreThresholdingOptions')[0]?.value('global_score_threshold') ?? Number.NaN;
  return Number.isFinite(threshold) ? threshold : null;
}

function readSound(tensor: View<'TensorMetadata'>): { readonly sampleRate: number; readonly channels: number } | null {
  const properties = tensor.table('content')?.union('content_properties') ?? null;
  if (properties === null || !properties.known || properties.name !== 'AudioProperties') return null;
  const { sample_rate: sampleRate, channels } = (properties.view as View<'AudioProperties'>).values();
  return sampleRate >= 1000 && sampleRate <= 384_000 ? { sampleRate, channels: Math.max(1, channels) } : null;
}

const boxForms = { BOUNDARIES: 'boundaries', UPPER_LEFT: 'upper-left', CENTER: 'center' } as const;

function readBoxes(tensor: View<'TensorMetadata'>): BoxForm | null {
  const properties = tensor.table('content')?.union('content_properties') ?? null;
  if (properties === null || !properties.known || properties.name !== 'BoundingBoxProperties') return null;
  const { index, type, coordinate_type: unit } = (properties.view as View<'BoundingBoxProperties'>).values();
  const form = Object.entries(boxForms).find(([known]) => known === type)?.[1];
  const [first, second, third, fourth, ...more] = index === null || index.length === 0 ? [0, 1, 2, 3] : index;
  if (form === undefined || first === undefined || second === undefined || third === undefined || fourth === undefined || more.length > 0) return null;
  const order = [first, second, third, fourth] as const;
  if ([...order].sort((one, other) => one - other).some((place, position) => place !== position)) return null;
  return { form, order, unit: unit === 'PIXEL' ? 'pixel' : 'ratio' };
}

/** Least and greatest value over all channels. */
function readRange(tensor: View<'TensorMetadata'>): { lowest: number; highest: number } | null {
  const stats = tensor.table('stats')?.values();
  const lowest = stats?.min?.reduce((least, value) => Math.min(least, value), Infinity) ?? NaN;
  const highest = stats?.max?.reduce((greatest, value) => Math.max(greatest, value), -Infinity) ?? NaN;
  return Number.isFinite(lowest) && Number.isFinite(highest) && lowest < highest ? { lowest, highest } : null;
}

function filesOf(tensor: View<'TensorMetadata'>) {
  return Array.from(tensor.tables('associated_files', () => tensor.place), (file) => file.values());
}

/** The lines of the first file of this kind that can be read. */
function namesIn(tensor: View<'TensorMetadata'>, wanted: 'TENSOR_AXIS_LABELS' | 'TENSOR_VALUE_LABELS', texts: PackedTexts): readonly string[] | null {
  for (const { type, name } of filesOf(tensor)) {
    const lines = type === wanted && name !== null ? texts.lines(name) : null;
    if (lines !== null && lines.length > 0) return lines;
  }
  return null;
}

/** Labels of an axis before labels of values; without a locale before English before any other. */
function readLabels(tensor: View<'TensorMetadata'>, texts: PackedTexts): { labels?: readonly string[]; translations?: readonly { locale: string; labels: readonly string[] }[] } {
  const candidates = filesOf(tensor).filter(({ type }) => type === 'TENSOR_AXIS_LABELS' || type === 'TENSOR_VALUE_LABELS');
  const rank = ({ type, locale }: (typeof candidates)[number]): number =>
    (type === 'TENSOR_AXIS_LABELS' ? 0 : 3) + (locale === null || locale === '' ? 0 : locale.startsWith('en') ? 1 : 2);
  const sorted = candidates.sort((a, b) => rank(a) - rank(b));
  const listOf = (name: string | null): readonly string[] | null => (name === null ? null : texts.lines(name));
  const labels = listOf(sorted[0]?.name ?? null);
  const [best] = sorted;
  const translations = sorted.filter(({ type }) => type === best?.type).flatMap(({ name, locale }) => { const list = listOf(name); return list === null ? [] : [{ locale: locale ?? '', labels: list }]; });
  return { ...(labels === null ? {} : { labels }), ...(translations.length > 1 ? { translations } : {}) };
}

/** Files behind the model as text, each read and split once: any number of outputs may refer to one. */
class PackedTexts {
  readonly #files: AppendedFiles;
  readonly #texts = new Map<string, string | null>();
  readonly #lines = new Map<string, readonly string[] | null>();

  constructor(files: AppendedFiles) {
    this.#files = files;
  }

  read(name: string): string | null {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const content = this.#files.read(name);
    const text = content === null ? null : new TextDecoder().decode(content);
    this.#texts.set(name, text);
    return text;
  }

  lines(name: string): readonly string[] | null {
    const text = this.read(name);
    if (text === null) return null;
    const known = this.#lines.get(name);
    const lines = known === undefined ? (isDictionary(text) ? null : splitLines(text)) : known;
    this.#lines.set(name, lines);
    return lines;
  }
}

function splitLines(content: string): readonly string[] {
  const lines = content.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
