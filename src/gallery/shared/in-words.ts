import { gallery as words } from '../../messages/gallery';
import type { CatalogueEntry } from './catalogue';

/** What a text of the catalogue, or a model by its id, is called by the message files; they may know less than a catalogue of somebody's own. */
function known<Text>(texts: Readonly<Record<string, Text>>, key: string): Text | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : undefined;
}

/** An entry in the language of whoever reads it; what the message files do not know stays as the catalogue has it. */
export function inWords(entry: CatalogueEntry): CatalogueEntry {
  const { id, task, test } = entry;
  return {
    ...entry,
    ...known<Pick<CatalogueEntry, 'title' | 'description'>>(words.models, id),
    task: known(words.tasks, task) ?? task,
    ...(test === undefined ? {} : { test: { ...test, description: known(words.testInputs, test.description) ?? test.description } }),
  };
}

/** What a model made of its sample, and what the sample is called. */
export function resultInWords(id: string, kept: { readonly sample: string; readonly result: string }): { readonly sample: string; readonly result: string } {
  return { sample: known(words.samples, kept.sample) ?? kept.sample, result: known(words.results, id) ?? kept.result };
}
