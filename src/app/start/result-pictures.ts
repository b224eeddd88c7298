import { resultInWords } from '../../gallery/shared/in-words';
import kept from './result-pictures.json';

/** What a gallery model made of its sample, drawn and kept by scripts/gallery-pictures.ts. */
export interface ResultPicture {
  /** Beside the page. */
  readonly address: string;
  /** Pixels of each side. */
  readonly side: number;
  /** What the sample is called. */
  readonly sample: string;
  /** What was found in it, in a few words. */
  readonly result: string;
}

/** Null for a model of which there is no picture. @param id of a model of the gallery */
export function resultPictureOf(id: string): ResultPicture | null {
  const found = new Map(Object.entries(kept.pictures)).get(id);
  return found === undefined ? null : { address: `gallery/${id}.webp`, side: kept.side, ...resultInWords(id, found) };
}
