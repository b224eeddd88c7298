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

/** As languages write it. */
const comma = /, |，/;
const splitAtComma = /^(, |，)(.*)$/s;

/**
 * A title in the part that all titles of a card share and the part that tells them apart: `Face detection, ` and `short range`.
 * Nothing is shared where that would leave a title without a word.
 */
export function splitTitle({ title }: Pick<CatalogueEntry, 'title'>, { entries }: Task): readonly [shared: string, own: string] {
  const [beginning = ''] = (entries[0]?.title ?? '').split(comma);
  const [, after, own] = splitAtComma.exec(title.slice(beginning.length)) ?? [];
  return title.startsWith(beginning) && after !== undefined && own !== undefined ? [beginning + after, own] : ['', title];
}
