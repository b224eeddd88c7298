import { pieceTypes, type SentencePieceModel } from './model';

/** A piece of a sentence; `id` is null for what no piece has. */
export interface Segment {
  readonly text: string;
  readonly id: number | null;
}

/** Ids of the pieces that stand for what is written, and how long in characters the longest is. */
interface Known {
  readonly ids: ReadonlyMap<string, number>;
  readonly longest: number;
}

function knownPieces({ pieces }: SentencePieceModel): Known {
  const ids = new Map<string, number>();
  let longest = 1;
  pieces.forEach(({ text, type }, id) => {
    if (type !== pieceTypes.normal && type !== pieceTypes.userDefined && type !== pieceTypes.unused) return;
    ids.set(text, id);
    longest = Math.max(longest, [...text].length);
  });
  return { ids, longest };
}

/** Worse than any piece by so much is a character that no piece has. */
const unknownPenalty = 10;

/**
 * The most probable pieces of a normalised sentence by a unigram model (sentencepiece, `unigram::Model::EncodeOptimized`):
 * Viterbi over all pieces, sums in single precision as there.
 */
export function unigramSegmenter(model: SentencePieceModel): (text: string) => readonly Segment[] {
  const { pieces } = model;
  const { ids, longest } = knownPieces(model);
  const scores = pieces.flatMap(({ score, type }) => (type === pieceTypes.normal ? [score] : []));
  const lowest = scores.reduce((least, score) => Math.min(least, score), Infinity);
  const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const unknownScore = Math.fround((Number.isFinite(lowest) ? lowest : 0) - unknownPenalty);
  const bytesIn = (text: string): number => new TextEncoder().encode(text).length;
  return (text) => {
    const characters = [...text];
    const best = Array.from({ length: characters.length + 1 }, () => ({ score: -Infinity, from: -1, id: null as number | null }));
    best[0] = { score: 0, from: -1, id: null };
    const offer = (from: number, to: number, score: number, id: number | null): void => {
      const sum = Math.fround((best[from]?.score ?? 0) + score);
      const before = best[to];
      if (before === undefined || before.from === -1 || sum > before.score) best[to] = { score: sum, from, id };
    };
    for (let from = 0; from < characters.length; from++) {
      let alone = false;
      let written = '';
      for (let to = from + 1; to <= Math.min(characters.length, from + longest); to++) {
        written += characters[to - 1] ?? '';
        const id = ids.get(written);
        const piece = id === undefined ? undefined : pieces[id];
        if (id === undefined || piece === undefined || piece.type === pieceTypes.unused) continue;
        // What a user defined wins over everything that begins inside of it.
        offer(from, to, piece.type === pieceTypes.userDefined ? bytesIn(written) * highest - 0.1 : piece.score, id);
        alone ||= to === from + 1;
      }
      if (!alone) offer(from, from + 1, unknownScore, null);
    }
    const segments: Segment[] = [];
    for (let to = characters.length; to > 0;) {
      const { from, id } = best[to] ?? { from: to - 1, id: null };
      segments.push({ text: characters.slice(from, to).join(''), id });
      to = from;
    }
    return segments.reverse();
  };
}

/**
 * Byte pair encoding (sentencepiece, `bpe::Model::Encode`): from single characters, the neighbours whose piece scores highest
 * are joined, the leftmost first, until no two make a piece.
 */
export function bytePairSegmenter(model: SentencePieceModel): (text: string) => readonly Segment[] {
  const { pieces } = model;
  const { ids } = knownPieces(model);
  const userDefined = pieces.flatMap(({ text, type }) => (type === pieceTypes.userDefined ? [text] : [])).sort((one, other) => other.length - one.length);
  const scoreOf = (one: Unit | undefined, other: Unit | undefined): number => {
    if (one === undefined || other === undefined || one.frozen || other.frozen) return -Infinity;
    const id = ids.get(one.text + other.text);
    return id === undefined ? -Infinity : pieces[id]?.score ?? -Infinity;
  };
  /** Pieces that are not in use fall apart into those that they were joined of. */
  const resolved = (unit: Unit): readonly Segment[] => {
    const id = ids.get(unit.text);
    if (id === undefined || pieces[id]?.type !== pieceTypes.unused || unit.parts === null) return [{ text: unit.text, id: id ?? null }];
    return unit.parts.flatMap(resolved);
  };
  return (text) => {
    const units = unitsOf(text, userDefined);
    // Score of each unit with the one behind it.
    const scores = units.map((unit, index) => scoreOf(unit, units[index + 1]));
    for (;;) {
      let [place, highest] = [-1, -Infinity];
      for (let index = 0; index < scores.length; index++) {
        const score = scores[index] ?? -Infinity;
        if (score > highest) [place, highest] = [index, score];
      }
      const [one, other] = [units[place], units[place + 1]];
      if (one === undefined || other === undefined) return units.flatMap(resolved);
      units.splice(place, 2, { text: one.text + other.text, frozen: false, parts: [one, other] });
      scores.splice(place, 2, scoreOf(units[place], units[place + 1]));
      if (place > 0) scores[place - 1] = scoreOf(units[place - 1], units[place]);
    }
  };
}

interface Unit {
  readonly text: string;
  /** What a user defined is joined to nothing. */
  readonly frozen: boolean;
  readonly parts: readonly Unit[] | null;
}

function unitsOf(text: string, userDefined: readonly string[]): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < text.length;) {
    const own = userDefined.find((piece) => text.startsWith(piece, at));
    const taken = own ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    units.push({ text: taken, frozen: own !== undefined, parts: null });
    at += taken.length;
  }
  return units;
}
