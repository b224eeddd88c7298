import type { CatalogueEntry } from '../../gallery/shared/catalogue';

/** The models of one task, which share a card. */
export interface Task {
  readonly name: string;
  readonly entries: readonly CatalogueEntry[];
}

/** The catalogue by task, both in its order. */
export function byTask(entries: readonly CatalogueEntry[]): readonly Task[] {
  const names = [...new Set(entries.map(({ task }) => task))];
  return names.map((name) => ({ name, entries: entries.filter(({ task }) => task === name) }));
}

/**
 * A title in the part that all titles of a card share and the part that tells them apart: `Face detection, ` and `short range`.
 * Nothing is shared where that would leave a title without a word.
 */
export function splitTitle({ title }: Pick<CatalogueEntry, 'title'>, { entries }: Task): readonly [shared: string, own: string] {
  const [beginning = ''] = (entries[0]?.title ?? '').split(', ');
  const shared = `${beginning}, `;
  return title.startsWith(shared) ? [shared, title.slice(shared.length)] : ['', title];
}
