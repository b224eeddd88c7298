import type { DecodedAs } from '../../shared/types';
import { listedClasses } from '../shared/labelled';
import type { AgreementAs } from '../shared/types';

/** Both lists are best first. Models without any class agree. */
export function agreeOnClasses(reference: DecodedAs<'classes'>, other: DecodedAs<'classes'>): AgreementAs<'classes'> {
  const [wanted, got] = [reference.classes.slice(0, listedClasses), other.classes.slice(0, listedClasses)];
  const [best] = wanted;
  const listed = got.find(({ index }) => index === best?.index);
  const shared = wanted.filter(({ index }) => got.some((each) => each.index === index)).length;
  return {
    kind: 'classes',
    top1: best?.index === got[0]?.index,
    top5: best === undefined ? got.length === 0 : listed !== undefined,
    shared: wanted.length === 0 ? Number(got.length === 0) : shared / wanted.length,
    score_difference: best === undefined || listed === undefined ? null : listed.score - best.score,
  };
}
