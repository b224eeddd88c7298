import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { npySamples } from '../../tensor/npy';
import { makeInTurns } from '../../threads/shared/in-turns';
import type { CatalogueEntry } from '../shared/catalogue';

/** One input with what is to be seen in it. */
export interface LabelledInput {
  /** A `.npy` file. */
  readonly blob: Blob;
  readonly label: string;
}

/**
 * The labelled inputs that come with a gallery model.
 *
 * @param shape of the model's input
 * @throws LitescopeError DOWNLOAD_FAILED; INVALID_NPY, INVALID_INPUT and INVALID_LABELS for files that do not fit together
 */
export async function fetchTestSet({ samples, labels }: NonNullable<CatalogueEntry['test']>, shape: readonly number[]): Promise<readonly LabelledInput[]> {
  const [array, list] = await Promise.all([download(samples), download(labels)]);
  const { count, at } = await npySamples(array, shape);
  return labelled(await makeInTurns(count, at), await list.text());
}

/** Gives each sample the line of its number. @throws LitescopeError INVALID_LABELS unless there are as many */
export function labelled(samples: readonly Blob[], labels: string): readonly LabelledInput[] {
  const lines = labels.replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length !== samples.length) throw new LitescopeError('INVALID_LABELS', words.otherCount(lines.length, samples.length));
  return samples.map((blob, index) => ({ blob, label: lines[index] ?? '' }));
}

async function download(file: string): Promise<Blob> {
  try {
    const response = await fetch(new URL(`models/${file}`, document.baseURI));
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return await response.blob();
  } catch (error) {
    throw LitescopeError.from(error, 'DOWNLOAD_FAILED');
  }
}
