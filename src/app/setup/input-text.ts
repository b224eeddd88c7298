import { setup as text } from '../../messages/setup';
import type { InputChoice } from './input-choice.svelte';

/** So many tell one row from another. */
const shownValues = 4;

function describe({ kind, picture, range, file, typed, sound }: InputChoice): string {
  switch (kind) {
    case 'image': return picture?.name ?? text.inputs.noPicture;
    case 'audio': return sound.sound.name;
    case 'values': return text.inputs.values(typed.written.slice(0, shownValues), typed.written.length);
    case 'random': return text.inputs.random(range.seed);
    case 'zeros': return text.inputs.zeros;
    case 'text': return text.inputs.text;
    case 'file': return file?.file.name ?? text.inputs.noFile;
  }
}

/** What goes into a run, in words: `grace-hopper.jpg`, or `a.npy as “x” and zeros as “y”` for several inputs. */
export function describeInputs(choices: readonly InputChoice[]): string {
  const [only] = choices;
  if (only === undefined) return text.inputs.none;
  if (choices.length === 1) return describe(only);
  return text.inputs.several(choices.map((choice) => ({ what: describe(choice), name: choice.tensor.name })));
}
