import type { FoldedOp, Match, OpMatch, Sides, TensorMatch } from '../../inspect/diff/shared/comparison';
import { formatBytes, formatDtype } from '../../messages/format';
import { inspector } from '../../messages/inspector';

/** What a row says that is not in the types and sizes beside it. */
export function differenceWords(match: OpMatch | TensorMatch): string {
  const { differences: text } = inspector;
  const only = match.b === null ? 'A' : match.a === null ? 'B' : null;
  if (only !== null) {
    const instead = 'instead' in match ? match.instead : null;
    return instead === null ? text.onlyIn(only) : text.inside(only, only === 'A' ? 'B' : 'A', instead);
  }
  const words = match.differences.flatMap(({ what, a, b }): string[] => {
    switch (what) {
      case 'folding': return 'folded' in match ? foldingWords(match.folded) : [];
      case 'dtype': case 'weights': case 'size': return [];
      case 'values': return [text.otherValues];
      default: return [text.changed(what, a, b)];
    }
  });
  return text.listed(words.length > 0 ? words : typeDifferences(match)) || text.equal;
}

/** What types and sizes come to where nothing else differs. */
function typeDifferences({ differences }: Match): string[] {
  const { differences: text } = inspector;
  const differs = (what: Match['differences'][number]['what']): boolean => differences.some((difference) => difference.what === what);
  const types = [...(differs('dtype') ? [text.otherType] : []), ...(differs('weights') ? [text.otherWeights] : [])];
  return types.length === 0 && differs('size') ? [text.otherSize] : types;
}

/** `float32`, `float32 → int8, 3.6 kB → 0.9 kB`, or `float32; weights float16 → float32, 3.6 kB → 7.2 kB`; empty where nothing is known. */
export function typeWords(match: OpMatch | TensorMatch): string {
  const { listed, differences: text } = inspector;
  const type = change(match.dtypes, formatDtype);
  const bytes = change(match.bytes, formatBytes);
  if (!('weights' in match)) return listed([type, bytes].filter((words) => words !== ''));
  const weights = listed([change(match.weights, formatDtype), bytes].filter((words) => words !== ''));
  return text.listed([type, ...(weights === '' ? [] : [text.weightsOf(weights)])].filter((words) => words !== ''));
}

function change<Value>({ a, b }: Sides<Value | null>, format: (value: Value) => string): string {
  const known = [a, b].flatMap((value) => (value === null ? [] : [format(value)]));
  return [...new Set(known)].join(' → ');
}

/** What is folded into a row's op on one side and not on the other. */
export function foldingWords({ a, b }: Sides<readonly FoldedOp[]>): string[] {
  return [...wordsOf(unshared(a, b), 'A', 'B'), ...wordsOf(unshared(b, a), 'B', 'A')];
}

function unshared(folded: readonly FoldedOp[], others: readonly FoldedOp[]): readonly FoldedOp[] {
  const rest = others.map(({ role, name }) => `${role} ${name}`);
  return folded.filter(({ role, name }) => {
    const at = rest.indexOf(`${role} ${name}`);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
}

function wordsOf(folded: readonly FoldedOp[], side: string, other: string): string[] {
  const { differences: text } = inspector;
  const names = (role: FoldedOp['role']): readonly string[] => [...new Set(folded.filter((op) => op.role === role).map(({ name }) => name))];
  const [activation, padding, weights] = [names('activation'), names('padding'), names('weights')];
  return [
    ...(activation.length === 0 ? [] : [text.fused(activation, other)]),
    ...(padding.length === 0 ? [] : [text.padding(padding, other)]),
    ...conversionsOf(names('before'), names('after'), side),
    ...(weights.length === 0 ? [] : [text.weightsThrough(weights, side)]),
  ];
}

function conversionsOf(before: readonly string[], after: readonly string[], side: string): string[] {
  const { differences: text } = inspector;
  if (before.length > 0 && before.join() === after.join()) return [text.around(before, side)];
  if (before.length > 0 && after.length > 0) return [text.beforeAndAfter(before, after, side)];
  return before.length > 0 ? [text.before(before, side)] : after.length > 0 ? [text.after(after, side)] : [];
}
