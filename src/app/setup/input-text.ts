import { setup as text } from '../../messages/setup';
import type { InputChoice } from './input-choice.svelte';

/** So many tell one row from another. */
const shownValues = 4;

/** As much of a sentence as stands in a line. */
const longest = 60;

function describe({ kind, picture, range, file, typed, sound, text: written }: InputChoice): string {
  switch (kind) {
    case 'image': return picture?.name ?? text.inputs.noPicture;
    case 'audio': return sound.sound.name;
    case 'values': return text.inputs.values(typed.written.slice(0, shownValues), typed.written.length);
    case 'random': return text.inputs.random(range.seed);
    case 'zeros': return text.inputs.zeros;
    case 'text': return written === '' ? text.inputs.text : text.inputs.sentence(written.length > longest ? `${written.slice(0, longest)}…` : written);
    case 'file': return file?.file.name ?? text.inputs.noFile;
  }
}

/** What goes into a run, in words: `grace-hopper.jpg`, or `a.npy as “x” and zeros as “y”` for several inputs. */
export function describeInputs(all: readonly InputChoice[]): string {
  const choices = all.filter(({ followsText }) => !followsText);
  const [only] = choices;
  if (only === undefined) return text.inputs.none;
  if (choices.length === 1) return describe(only);
  return text.inputs.several(choices.map((choice) => ({ what: describe(choice), name: choice.tensor.name })));
}
