import type { Ratio } from '../report/comparison';
import { formatBytes } from '../messages/format';

/** What is known of two models that were compared. */
export interface PairFigures {
  /** Of the files, the reference's first. */
  readonly bytes: readonly [number, number];
  /** Null where latency was not compared. */
  readonly ratio: Pick<Ratio, 'ratio' | 'verdict'> | null;
  /** How near the second comes to the first, in words; null where nobody knows what the outputs mean. */
  readonly agreement: string | null;
}

/** `B is 188 kB, 0.82 × the size of A, takes 1.10 × its time. IoU 0.98.` */
export function pairSentence({ bytes: [reference, other], ratio, agreement }: PairFigures): string {
  const size = reference === other ? `B is as large as A, ${formatBytes(other)}` : `B is ${formatBytes(other)}, ${(other / reference).toFixed(2)} × the size of A`;
  const time = ratio === null ? '' : ratio.verdict === 'no measurable difference' ? ', and as fast as far as can be measured' : `, and takes ${ratio.ratio.toFixed(2)} × its time`;
  const nearness = agreement === null ? '' : ` ${agreement.charAt(0).toUpperCase()}${agreement.slice(1).replace(/\.$/, '')}.`;
  return `${size}${time}.${nearness}`;
}
