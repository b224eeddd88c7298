import type { TokenizerSource } from '../../engine/session/shared/protocol';
import { textInputs } from '../../recognition/text-inputs';
import type { ModelSummary, SignatureTensor } from '../../tflite/analysis/summary';

/** The tokenizer that a model's metadata name, with the vocabulary behind the file; null where there is none. */
export function tokenizerOf({ summary, blob }: { readonly summary: Pick<ModelSummary, 'metadata'>; readonly blob: Blob }): TokenizerSource | null {
  const described = summary.metadata?.tokenizer;
  if (described === undefined) return null;
  const { kind, pattern, vocabulary: { start, bytes, inflated_bytes } } = described;
  return { kind, pattern, inflated_bytes, vocabulary: blob.slice(start, start + bytes) };
}

/** Most sentences are shorter, and BERT's own examples are as long. */
const likelyLength = 128;

/** A size for an input whose length is free and that a text fills, with room for a sentence; null for any other. @param key of the signature */
export function shapeForText({ signatures, metadata }: Pick<ModelSummary, 'signatures' | 'metadata'>, key: string | undefined, { name, shape }: Pick<SignatureTensor, 'name' | 'shape'>): readonly number[] | null {
  if (!shape.includes(-1)) return null;
  const words = textInputs((signatures.find((candidate) => candidate.key === key) ?? signatures[0])?.inputs ?? [], metadata);
  return words !== null && Object.values(words).includes(name) ? shape.map((size, axis) => (size !== -1 ? size : axis === shape.length - 1 ? likelyLength : 1)) : null;
}
