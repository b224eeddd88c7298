import type { SignatureTensor } from '../tflite/analysis/summary';
import type { ModelMetadata } from '../tflite/metadata/model-metadata';

/** Which inputs a text fills, by name. */
export interface TextInputs {
  /** Numbers of words. */
  readonly ids: string;
  /** 1 where a word is. */
  readonly mask: string | null;
  /** 1 for the second of two sentences. */
  readonly segments: string | null;
}

/** Fewer rows are a table of categories, shorter sequences are no sentences. */
const fewestWords = 200;
const shortestSentence = 4;

/**
 * The inputs that a text fills together: one of numbers of words, and beside it at most a mask and the numbers of sentences, of
 * the same shape. What each is follows from its name, from the table behind it, or from the order of BERT's inputs. Null for models
 * that take no text: nothing in the file says so, and no table is large enough for words.
 */
export function textInputs(inputs: readonly SignatureTensor[], metadata: Pick<ModelMetadata, 'inputs' | 'tokenizer'> | null): TextInputs | null {
  const [first] = inputs;
  const whole = inputs.every(({ dtype, shape }) => (dtype === 'int32' || dtype === 'int64') && shape.length > 0 && shape.length <= 2 && String(shape) === String(first?.shape));
  const length = first?.shape.at(-1) ?? 0;
  if (first === undefined || !whole || inputs.length > 3 || (length !== -1 && length < shortestSentence)) return null;
  const states = metadata?.tokenizer !== undefined;
  if (!states && !inputs.some(({ tableRows }) => (tableRows ?? 0) >= fewestWords)) return null;
  const named = inputs.map((input, index) => ({ name: input.name, role: roleOf(input, metadata?.inputs[index]?.name ?? '') ?? null }));
  const order = (['ids', 'mask', 'segments'] as const).slice(0, inputs.length);
  // Names that say nothing stand in the order in which TFLite Support fills them.
  const roles = named.filter(({ role }) => role === 'ids').length === 1 ? named : named.map(({ name }, index) => ({ name, role: order[index] ?? null }));
  const nameOf = (wanted: (typeof order)[number]): string | null => roles.find(({ role }) => role === wanted)?.name ?? null;
  const ids = nameOf('ids');
  return ids === null || new Set(roles.map(({ role }) => role)).size !== roles.length ? null : { ids, mask: nameOf('mask'), segments: nameOf('segments') };
}

function roleOf({ name, tensorName, tableRows }: SignatureTensor, described: string): 'ids' | 'mask' | 'segments' {
  const words = `${name} ${tensorName} ${described}`;
  if (/mask/i.test(words)) return 'mask';
  if (/segment|type_?ids?/i.test(words) || tableRows === 2) return 'segments';
  return 'ids';
}
