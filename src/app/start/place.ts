import { type Section, type View, views } from '../state/view-choice.svelte';

/** Where a person is on the page. */
export interface Place {
  /** The id of the model that is looked at; null for where models are opened. */
  readonly model: string | null;
  readonly view: View;
  readonly section: Section | null;
}

/** What an address can name of a model: a gallery's id or a public address; null for a file that was dropped. */
export type NamedModel = string | null;

/**
 * The address's parameters for a place. Those that ask for a model's configuration stay; `run` goes, or a reload would measure again.
 * @param named how the model is asked for by an address
 */
export function parametersOf({ model, view, section }: Place, named: NamedModel, before: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(before);
  for (const name of ['model', 'view', 'part', 'run']) parameters.delete(name);
  if (model === null) return parameters;
  if (named !== null) parameters.set('model', named);
  if (view !== 'overview') parameters.set('view', view);
  if (section !== null) parameters.set('part', section);
  return parameters;
}

/** The view that an address asks for; the overview where it asks for none that there is. */
export function viewIn(parameters: URLSearchParams): Pick<Place, 'view' | 'section'> {
  const asked = parameters.get('view') ?? '';
  const view = Object.hasOwn(views, asked) ? asked as View : 'overview';
  const sections: readonly Section[] = views[view];
  return { view, section: sections.find((section) => section === parameters.get('part')) ?? null };
}
