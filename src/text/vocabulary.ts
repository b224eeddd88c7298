import { LitescopeError } from '../errors';
import { text as words } from '../messages/text';

/** Words with their ids. */
export interface Vocabulary {
  readonly ids: ReadonlyMap<string, number>;
  /** One above the highest id. */
  readonly size: number;
}

const numbered = /^(.*?)[ \t]+(\d+)$/;
/** More ids than any vocabulary has. */
const highestId = 10_000_000;

/**
 * A vocabulary file: a word a line, whose id is its place, or a word and its id (as Model Maker's regex tokenizer writes them).
 *
 * @throws LitescopeError INVALID_VOCABULARY for what holds no words
 */
export function readVocabulary(content: string): Vocabulary {
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  // eslint-disable-next-line no-control-regex -- they are what tells other files from texts
  if (lines.length < 2 || /[\u0000-\u0008\u000e-\u001f]/.test(content)) throw new LitescopeError('INVALID_VOCABULARY', words.noWords);
  // One line without a number among thousands is a mistake of the file, and not its form.
  const haveIds = lines.filter((line) => numbered.test(line)).length > lines.length / 2;
  const ids = new Map<string, number>();
  let size = 0;
  lines.forEach((line, place) => {
    const [, word = line.trim(), written] = haveIds ? numbered.exec(line) ?? [] : [];
    const id = Math.min(written === undefined ? place : Number(written), highestId);
    // Of a word that stands there twice, the first counts.
    if (!ids.has(word)) ids.set(word, id);
    size = Math.max(size, id + 1);
  });
  return { ids, size };
}

/** Whether no word of a vocabulary has capitals, so that sentences must lose theirs to be found in it. Words in brackets are no words. */
export function isLowerCased({ ids }: Vocabulary): boolean {
  for (const word of ids.keys()) if (word !== word.toLowerCase() && !/^[[<].*[\]>]$/.test(word)) return false;
  return true;
}
