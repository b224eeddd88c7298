import { LitescopeError } from '../../errors';
import { parseCatalogue, type CatalogueEntry } from '../shared/catalogue';
import { inWords } from '../shared/in-words';

let known: Promise<readonly CatalogueEntry[]> | null = null;

/**
 * The models that the gallery offers, validated and in the language of the page.
 * @throws LitescopeError INVALID_CATALOGUE
 */
export function galleryModels(): Promise<readonly CatalogueEntry[]> {
  known ??= import('../../../models/catalog.json').then(
    ({ default: json }) => parseCatalogue(json).models.map(inWords),
    (error: unknown) => {
      known = null;
      throw LitescopeError.from(error, 'INVALID_CATALOGUE');
    },
  );
  return known;
}

/** Where a gallery model's file lies, absolute. */
export function galleryUrl(entry: CatalogueEntry): string {
  return new URL(`models/${entry.file}`, document.baseURI).href;
}
