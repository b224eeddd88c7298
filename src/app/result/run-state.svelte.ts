import type { Inputs, ListenResult, Litescope, RunResult, SaveOptions } from '../../api';
import type { CallOptions } from '../../threads/shared/methods';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';
import type { Picture } from '../setup/pictures.svelte';
import { describeInputs } from '../setup/input-text';
import { setupKey } from '../setup/setup-key';
import { EmbeddingsBefore } from './embeddings.svelte';
import type { Setup } from '../setup/setup';
import type { Progress } from '../../studies/progress';

/** A finished run with what it was made from, which the person may have changed since. */
export interface FinishedRun {
  readonly result: RunResult;
  readonly requested: RequestedConfiguration;
  /** What the decoded coordinates refer to. */
  readonly picture: Picture | null;
  /** The whole clip window by window, where it is longer than one. */
  readonly heard: ListenResult | null;
  /** What went in, in words; null for values that nobody chose. */
  readonly given: string | null;
  /** What it was made with, to be saved. */
  readonly sources: Inputs;
  readonly options: SaveOptions;
  /** Tells inputs and signature of this run from what is set up now. */
  readonly setup: string | null;
}

/** The latest run of one model. A failure leaves it as it is. */
export class RunState {
  #finished = $state.raw<FinishedRun | null>(null);
  readonly embeddings = new EmbeddingsBefore();

  get finished(): FinishedRun | null {
    return this.#finished;
  }

  /** @throws LitescopeError what the API throws; INVALID_INPUT when an input has no values yet */
  async run(litescope: Litescope, setup: Setup, requested: RequestedConfiguration, options: CallOptions<Progress>): Promise<void> {
    const { model, inputs, signature, decoding, state } = setup;
    const key = setupKey(setup);
    const picture = inputs.pictured?.picture ?? null;
    const given = inputs.list.every(({ kind }) => kind === 'random' || kind === 'zeros') ? null : describeInputs(inputs.list);
    const { sources } = inputs;
    const { feedback } = state;
    const result = await litescope.run(model.id, requested, sources, {
      ...options, ...signature.options, decoder: decoding.decoder, labels: decoding.labels, feedback, reset: state.beginsAnew ? true : undefined, keepInputs: true,
    });
    state.ran();
    const heard = await this.#listen(litescope, setup, requested, options);
    if (result.decoded?.kind === 'embedding' && picture !== null) this.embeddings.keep(result.decoded.values, picture);
    this.#finished = { result, requested, picture, heard, given, sources, options: { signature: signature.options.signature, feedback }, setup: key };
  }

  async #listen(litescope: Litescope, { model, inputs, signature, decoding, state }: Setup, requested: RequestedConfiguration, options: CallOptions<Progress>): Promise<ListenResult | null> {
    const input = inputs.sounding;
    const preparation = input?.sound.preparation ?? null;
    if (input === null || preparation === null) return null;
    await input.sound.look();
    if (!input.sound.isLong) return null;
    return litescope.listen(model.id, input.sound.sound.blob, requested, {
      ...options, ...signature.options, feedback: state.feedback, settings: { input: input.tensor.name, preparation, decoder: decoding.decoder, labels: decoding.labels },
    });
  }
}
