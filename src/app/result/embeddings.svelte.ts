import { cosineOf } from '../../vision/shared/vectors';
import type { Picture } from '../setup/pictures.svelte';

/** How alike two pictures are in a model's eyes. */
export interface Similarity {
  readonly picture: Picture;
  /** −1 to 1. */
  readonly cosine: number;
}

/** How many pictures are compared with: more would be no list that one looks at. */
const mostKept = 8;

/** What a model made of the pictures before. */
export class EmbeddingsBefore {
  #kept = $state.raw<readonly { readonly picture: Picture; readonly values: Float32Array }[]>([]);

  /** Of other pictures, the most alike first. Vectors of another length, as of another signature, are left out. */
  like(values: Float32Array, picture: Picture | null): readonly Similarity[] {
    return this.#kept
      .filter((kept) => kept.picture !== picture && kept.values.length === values.length)
      .map((kept) => ({ picture: kept.picture, cosine: cosineOf(kept.values, values) }))
      .sort((one, other) => other.cosine - one.cosine);
  }

  keep(values: Float32Array, picture: Picture): void {
    this.#kept = [{ picture, values }, ...this.#kept.filter((kept) => kept.picture !== picture)].slice(0, mostKept);
  }
}
