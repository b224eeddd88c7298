import { LitescopeError } from '../errors';
import { api } from '../messages/api';
import type { CatalogueEntry } from '../gallery/shared/catalogue';
import { changesBetween } from './nearest-name';

type Named = Pick<CatalogueEntry, 'id' | 'title'>;

/** An address may carry any amount of text; what is longer than this is near to no name. */
const longest = 80;

const plain = (text: string): string => text.slice(0, longest).toLowerCase().replace(/[\s_]+/g, '-');

/** The models whose id or title is nearest to a text, nearest first: first those in which it occurs, or nearly does. */
export function nearModels<Entry extends Named>(text: string, entries: readonly Entry[], count = 3): readonly Entry[] {
  const wanted = plain(text);
  const distance = (entry: Entry, within: boolean): number => Math.min(...[entry.id, entry.title].map((name) => changesBetween(wanted, plain(name), within)));
  return entries.map((entry) => ({ entry, part: distance(entry, true), whole: distance(entry, false) }))
    .sort((left, right) => left.part - right.part || left.whole - right.whole)
    .slice(0, count).map(({ entry }) => entry);
}

/** What to say where the gallery has no model of a name: which ones are near. */
export function unknownGalleryModel(text: string, entries: readonly Named[]): LitescopeError {
  const near = nearModels(text, entries).map(({ id }) => id);
  return new LitescopeError('UNKNOWN_GALLERY_MODEL', api.noGalleryModel(text, near));
}
