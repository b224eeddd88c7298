import type { OpenModel } from '../../api';

/** What tells which of several models is the original. */
interface Origin {
  readonly model: Pick<OpenModel, 'id' | 'madeFrom'>;
}

/**
 * The models of a comparison, the reference first and the others as they were given: the reference is the one that a
 * person chose; else the original that the current model was made of, over several steps where it takes them; else the
 * current model. So a variant and its original compare alike, whichever of the two is looked at.
 * @param open all open models, over which a variant of a variant leads to its original
 * @param chosenId id of the reference by a person's choice (a swap); one that is not compared counts for nothing
 */
export function referenceFirst<Work extends Origin>(open: readonly Work[], current: Work, others: readonly Work[], chosenId: string | null = null): readonly [Work, ...Work[]] {
  const compared = [current, ...others];
  const reference = compared.find(({ model }) => model.id === chosenId) ?? originalsOf(open, current).findLast((original) => others.includes(original)) ?? current;
  return [reference, ...compared.filter((work) => work !== reference)];
}

/** With whom a model is compared before a person chooses: its original, else its latest variant, else the latest other model; null where there is none. */
export function usualPartner<Work extends Origin>(open: readonly Work[], current: Work): Work | null {
  const others = open.filter((work) => work !== current);
  return originalsOf(open, current)[0] ?? others.findLast(({ model }) => model.madeFrom === current.model.id) ?? others.at(-1) ?? null;
}

/** The open models that a model was made of, the nearest first. A variant may be the very file that it was made of. */
function originalsOf<Work extends Origin>(open: readonly Work[], work: Work): readonly Work[] {
  const found: Work[] = [];
  for (let at: Work | undefined = work; at !== undefined;) {
    const { madeFrom }: Origin['model'] = at.model;
    const next: Work | undefined = open.find(({ model }) => model.id === madeFrom);
    if (next === undefined || next === work || found.includes(next)) return found;
    found.push(next);
    at = next;
  }
  return found;
}
