import type { Shared } from '../context';
import type { WorkModel } from '../state/work-model.svelte';

/** Reads what classes are called. A file that is no list of labels becomes a problem beside the result. */
export async function takeLabels({ problems, notices }: Shared, { model, decoding }: WorkModel, file: File): Promise<void> {
  try {
    await decoding.readLabels(file);
    notices.say(`${file.name} gives the labels now.`);
  } catch (error) {
    problems.add('run', file.name, error, model.id);
  }
}
