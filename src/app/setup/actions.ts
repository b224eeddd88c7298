import { setup as text } from '../../messages/setup';
import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Takes what classes are called from a file that was chosen for that. What is no such list is told beside the choice. */
export async function takeLabels({ problems, notices }: Shared, { model, decoding }: WorkModel, file: File): Promise<void> {
  for (const place of ['labels', 'open'] as const) problems.clear(place, model.id);
  try {
    decoding.useLabels(await decoding.labelsOf(file));
    notices.say(text.labels.used(file.name));
  } catch (error) {
    const { choice } = decoding;
    problems.add('labels', file.name, error, model.id, { stands: () => decoding.choice === choice });
  }
}

/** Asks whether a file that came with a drop names the classes; one that cannot is told of and not asked about. */
export async function offerLabels({ labelQuestions, problems }: Shared, { model, decoding }: WorkModel, file: File): Promise<void> {
  problems.clear('open', model.id);
  try {
    const { name, list } = await decoding.labelsOf(file);
    labelQuestions.ask(model.id, name, list);
  } catch (error) {
    problems.add('open', file.name, error, model.id);
  }
}
