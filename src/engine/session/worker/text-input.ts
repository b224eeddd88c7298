import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { text as words } from '../../../messages/text';
import { readBytes } from '../../../tensor/read-file';
import { makeTokenizer } from '../../../text/make-tokenizer';
import { sequenceOf } from '../../../text/sequence';
import type { Tokenizer } from '../../../text/tokenizer';
import { inflate } from '../../../tflite/format/archive/appended-files';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import type { ReadText, TextTokens, TokenizerSource } from '../shared/protocol';

/** A text as an input's numbers. */
export interface Words {
  readonly values: readonly number[];
  /** Of the input that takes the words themselves. */
  readonly read: ReadText | null;
}

/** Inputs beside it, and runs after it, have the same vocabulary most often. A Blob that crossed is another object each time, so that its bytes tell. */
let latest: { readonly bytes: Uint8Array; readonly source: TokenizerSource; readonly tokenizer: Tokenizer } | null = null;

/**
 * Makes numbers of sentences, in the places of a tensor.
 * @throws LitescopeError EMPTY_TEXT, INVALID_VOCABULARY, INVALID_INPUT for a tensor of several sequences, FILE_UNREADABLE
 */
export async function readWords({ name, shape }: Pick<RuntimeTensor, 'name' | 'shape'>, sentences: readonly string[], { tokenizer: source, part, rows }: TextTokens): Promise<Words> {
  const length = shape.at(-1) ?? 1;
  if (shape.slice(0, -1).some((size) => size !== 1)) throw new LitescopeError('INVALID_INPUT', text.severalSequences(name));
  const tokenizer = await tokenizerOf(source);
  const { ids, mask, segments, tokens, cut } = sequenceOf(tokenizer, sentences, length);
  if (rows !== undefined && ids.some((id) => id >= rows)) throw new LitescopeError('INVALID_VOCABULARY', words.beyondTable(tokenizer.size, rows));
  const values = { ids, mask, segments }[part];
  return { values, read: part === 'ids' ? { input: name, tokens, length, cut } : null };
}

async function tokenizerOf(source: TokenizerSource): Promise<Tokenizer> {
  const stored = await readBytes(source.vocabulary);
  if (latest !== null && latest.source.kind === source.kind && latest.source.pattern === source.pattern && latest.source.inflated_bytes === source.inflated_bytes && areSame(latest.bytes, stored)) return latest.tokenizer;
  const bytes = source.inflated_bytes === undefined ? stored : inflate(stored, source.inflated_bytes);
  if (bytes === null) throw new LitescopeError('INVALID_VOCABULARY', words.notUnpacked);
  const tokenizer = makeTokenizer(bytes, source.kind, source.pattern);
  latest = { bytes: stored, source, tokenizer };
  return tokenizer;
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
