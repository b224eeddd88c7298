import type { FoldedOp, Match, OpMatch, Sides, TensorMatch } from '../../inspect/diff/shared/comparison';
import { formatBytes, formatDtype } from '../../messages/format';

/** What a row says that is not in the types and sizes beside it. */
export function differenceWords(match: OpMatch | TensorMatch): string {
  const only = match.b === null ? 'A' : match.a === null ? 'B' : null;
  if (only !== null) {
    const instead = 'instead' in match ? match.instead : null;
    return instead === null ? `only in ${only}` : `a step inside of what is folded in ${only}; ${only === 'A' ? 'B' : 'A'} has tensor ${instead} in its place`;
  }
  const words = match.differences.flatMap(({ what, a, b }): string[] => {
    switch (what) {
      case 'folding': return 'folded' in match ? foldingWords(match.folded) : [];
      case 'dtype': case 'weights': case 'size': return [];
      case 'values': return ['other values'];
      default: return [`${what} ${a} → ${b}`];
    }
  });
  return (words.length > 0 ? words : typeDifferences(match)).join('; ') || 'equal';
}

/** What types and sizes come to where nothing else differs. */
function typeDifferences({ differences }: Match): string[] {
  const differs = (what: Match['differences'][number]['what']): boolean => differences.some((difference) => difference.what === what);
  const types = [...(differs('dtype') ? ['another type'] : []), ...(differs('weights') ? ['weights of another type'] : [])];
  return types.length === 0 && differs('size') ? ['another size'] : types;
}

/** `float32`, `float32 → int8, 3.6 kB → 0.9 kB`, or `float32; weights float16 → float32, 3.6 kB → 7.2 kB`; empty where nothing is known. */
export function typeWords(match: OpMatch | TensorMatch): string {
  const type = change(match.dtypes, formatDtype);
  const bytes = change(match.bytes, formatBytes);
  if (!('weights' in match)) return [type, bytes].filter((words) => words !== '').join(', ');
  const weights = [change(match.weights, formatDtype), bytes].filter((words) => words !== '').join(', ');
  return [type, ...(weights === '' ? [] : [`weights ${weights}`])].filter((words) => words !== '').join('; ');
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
  const names = (role: FoldedOp['role']): string => [...new Set(folded.filter((op) => op.role === role).map(({ name }) => name))].join(' and ');
  const [weights, before, after, activation, padding] = (['weights', 'before', 'after', 'activation', 'padding'] as const).map(names) as [string, string, string, string, string];
  const around = before !== '' && before === after ? `${before} around it in ${side}`
    : before !== '' && after !== '' ? `${before} before and ${after} after it in ${side}`
      : before !== '' ? `${before} before it in ${side}` : after !== '' ? `${after} after it in ${side}` : '';
  return [
    activation === '' ? '' : `+ ${activation}, fused in ${other}`,
    padding === '' ? '' : `+ ${padding}, part of its padding in ${other}`,
    around,
    weights === '' ? '' : `weights through ${weights} in ${side}`,
  ].filter((words) => words !== '');
}
