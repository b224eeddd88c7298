import type { OpenModel } from '../../api';
import type { DecodingChoice } from './decoding-choice.svelte';
import type { InputChoices } from './input-choices.svelte';
import type { SignatureChoice } from './signature-choice.svelte';
import type { StateChoice } from './state-choice.svelte';

/** A model as it is set up: what goes into it, and what its outputs are taken for. */
export interface Setup {
  readonly model: OpenModel;
  readonly signature: Pick<SignatureChoice, 'options'>;
  /** What is fed back, where that was chosen. */
  readonly state: Pick<StateChoice, 'feedback' | 'beginsAnew' | 'ran'>;
  readonly inputs: Pick<InputChoices, 'list' | 'pictured' | 'sounding' | 'sources' | 'fillsIn'>;
  readonly decoding: Pick<DecodingChoice, 'choice' | 'decoder' | 'labels'>;
}
