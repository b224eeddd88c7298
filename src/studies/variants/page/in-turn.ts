import type { CallOptions } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';

export interface TurnsPlan {
  /** As progress names them. */
  readonly row: string;
  /** Rounds before the figures, in which caches and code come to speed. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Whether so many rounds are enough although there are more; asked before each. */
  readonly isEnough?: (rounds: number) => boolean;
}

/** Takes two figures in turn, round by round: who is second may find warmer caches, so they change places. */
export async function measureInTurn(one: () => Promise<number>, other: () => Promise<number>, { row, warmUp, rounds, isEnough }: TurnsPlan, { onProgress }: Pick<CallOptions<Progress>, 'onProgress'>): Promise<{ readonly one: number[]; readonly other: number[] }> {
  const figures: { readonly one: number[]; readonly other: number[] } = { one: [], other: [] };
  for (let round = 0; round < warmUp + rounds && isEnough?.(figures.one.length) !== true; round++) {
    onProgress?.({ kind: 'take-turns', row, round: Math.max(1, round + 1 - warmUp), rounds, fraction: round / (warmUp + rounds) });
    const ahead = round % 2 === 0 ? await one() : null;
    const second = await other();
    const first = ahead ?? await one();
    if (round < warmUp) continue;
    figures.one.push(first);
    figures.other.push(second);
  }
  return figures;
}
