import type { SavedRun } from '../../shared/format';
import { javascriptListing } from './javascript';
import { kotlinListing } from './kotlin';
import { listedInputs } from './listed-input';
import { pythonListing } from './python';

/** How the inputs came to be, as programs that a person can hold against their own: by file name. */
export function listings(run: SavedRun): Readonly<Record<string, string>> {
  const inputs = listedInputs(run);
  const model = run.model.name;
  return { 'preprocess.py': pythonListing(model, inputs), 'preprocess.mjs': javascriptListing(model, inputs), 'Preprocess.kt': kotlinListing(model, inputs) };
}
