import type { InputChoice } from './input-choice.svelte';

function describe({ kind, picture, range, file }: InputChoice): string {
  switch (kind) {
    case 'image': return picture?.name ?? 'a picture that is still to be chosen';
    case 'random': return `random values, seed ${range.seed}`;
    case 'zeros': return 'zeros';
    case 'file': return file?.file.name ?? 'a file that is still to be chosen';
  }
}

/** What goes into a run, in words: `grace-hopper.jpg`, or `a.npy as “x” and zeros as “y”` for several inputs. */
export function describeInputs(choices: readonly InputChoice[]): string {
  const [only] = choices;
  if (only === undefined) return 'no input';
  if (choices.length === 1) return describe(only);
  return choices.map((choice) => `${describe(choice)} as “${choice.tensor.name}”`).join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
