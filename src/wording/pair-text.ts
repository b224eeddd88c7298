import type { Ratio } from '../report/comparison';
import { formatBytes } from '../messages/format';
import { wording as text } from '../messages/wording';

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
  const time = ratio === null ? null : { ratio: ratio.verdict === 'no measurable difference' ? null : ratio.ratio.toFixed(2) };
  return text.pair({ isSameSize: reference === other, size: formatBytes(other), sizeRatio: (other / reference).toFixed(2), time, agreement });
}
