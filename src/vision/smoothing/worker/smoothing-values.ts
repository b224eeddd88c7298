/** Moves every value of `state` towards that of `next` by its share; a value that was no number starts anew. Changes and returns `state`. */
export function blendValues<State extends Float32Array | Float64Array>(state: State, next: ArrayLike<number>, share: number): State {
  for (let index = 0; index < state.length; index++) {
    const before = state[index] as number;
    const now = next[index] as number;
    state[index] = Number.isFinite(before) ? before + share * (now - before) : now;
  }
  return state;
}

/** The class that each pixel shows and how much of its past stands behind it, 0.5 to 1. */
export interface Votes {
  readonly ids: Uint16Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
}

export function voteFor(ids: Uint16Array): Votes {
  return { ids: Uint16Array.from(ids), weights: new Float32Array(ids.length).fill(1) };
}

/**
 * A class number cannot be blended, but the votes for it can: where a pixel goes to and fro between two classes, `weights`
 * is the exponential mean of the votes for the one that is shown, and the other takes over when that falls below a
 * half. Changes and returns `votes`.
 */
export function blendIds(votes: Votes, next: Uint16Array, share: number): Votes {
  const { ids, weights } = votes;
  for (let index = 0; index < ids.length; index++) {
    const now = next[index] as number;
    const before = weights[index] as number;
    if (ids[index] === now) {
      weights[index] = before + share * (1 - before);
      continue;
    }
    const left = before * (1 - share);
    if (left >= 0.5) {
      weights[index] = left;
    } else {
      ids[index] = now;
      weights[index] = 1 - left;
    }
  }
  return votes;
}
