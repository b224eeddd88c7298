import type { TokenizerSource } from '../../engine/session/shared/protocol';
import type { ModelSummary } from '../../tflite/analysis/summary';

/** The tokenizer that a model's metadata name, with the vocabulary behind the file; null where there is none. */
export function tokenizerOf({ summary, blob }: { readonly summary: Pick<ModelSummary, 'metadata'>; readonly blob: Blob }): TokenizerSource | null {
  const described = summary.metadata?.tokenizer;
  if (described === undefined) return null;
  const { kind, pattern, vocabulary: { start, bytes, inflated_bytes } } = described;
  return { kind, pattern, inflated_bytes, vocabulary: blob.slice(start, start + bytes) };
}
