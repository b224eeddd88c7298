import type { SessionOptions } from '../engine/session/page/session';
import type { FedBack } from '../engine/session/shared/state';
import { statePairs, type StatePair } from '../recognition/state';
import type { AskedFeedback, Inputs, OpenModel } from './types';

/** The pairs of a signature, the first one where none is named. */
export function statePairsOf({ summary: { signatures } }: OpenModel, key: string | undefined): readonly StatePair[] {
  const signature = signatures.find((each) => each.key === key) ?? signatures[0];
  return signature === undefined ? [] : statePairs(signature);
}

/** What a session is opened with: pairs that were chosen, or those whose names say what they are. */
export function withFeedback<Options extends Omit<SessionOptions, 'feedback'> & { readonly feedback?: AskedFeedback }>(target: OpenModel, options: Options): Omit<Options, 'feedback'> & Pick<SessionOptions, 'feedback'> {
  const { feedback, ...rest } = options;
  const pairs: readonly FedBack[] | undefined = feedback === 'auto'
    ? statePairsOf(target, options.signature).flatMap(({ output, input, because }) => (because === 'names' ? [{ output, input }] : []))
    : feedback;
  return { ...rest, feedback: pairs };
}

/** A sequence begins anew where nobody says otherwise: what came before it is another one. */
export function beginsAnew(inputs: Inputs, reset: boolean | undefined): boolean {
  return reset ?? Object.values(inputs).some(({ kind }) => kind === 'sequence');
}
