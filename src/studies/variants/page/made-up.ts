import type { InputSources } from '../../../engine/session/shared/protocol';

/** Whether inputs are made of random values or zeros alone, on which a model has nothing to find. */
export function isMadeUp(inputs: InputSources): boolean {
  return Object.values(inputs).every(({ kind }) => kind === 'random' || kind === 'zeros');
}
