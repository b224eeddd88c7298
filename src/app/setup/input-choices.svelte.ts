import type { Input, OpenModel } from '../../api';
import { asksForRate } from '../../engine/stream/shared/sample-rate';
import { LitescopeError } from '../../errors';
import { setup as text } from '../../messages/setup';
import type { InputDraft } from './draft';
import { InputChoice } from './input-choice.svelte';
import type { Picture, Pictures } from './pictures.svelte';
import type { SignatureChoice } from './signature-choice.svelte';
import type { StateChoice } from './state-choice.svelte';

/** The inputs of a model's signatures. What was chosen for one signature is still there after a look at another. */
export class InputChoices {
  readonly #signature: SignatureChoice;
  readonly #bySignature: readonly (readonly InputChoice[])[];

  constructor(model: OpenModel, pictures: Pictures, signature: SignatureChoice, state: Pick<StateChoice, 'feedback'>) {
    this.#signature = signature;
    this.#bySignature = model.summary.signatures.map(({ inputs }) => {
      const choices: readonly InputChoice[] = inputs.map((tensor, index) => new InputChoice(tensor, index + 1, model, pictures, signature, () => choices, () => state.feedback.some(({ input }) => input === tensor.name)));
      return choices;
    });
    void this.loadSamples();
  }

  /** Ends when the samples that fit the inputs are there, or cannot be had. */
  async loadSamples(): Promise<void> {
    await Promise.all(this.list.map((input) => input.loadSample()));
  }

  get list(): readonly InputChoice[] {
    return this.#bySignature[this.#signature.index] ?? [];
  }

  /** The input whose picture the outputs are drawn on: the first one. */
  get pictured(): InputChoice | null {
    return this.list.find(({ kind }) => kind === 'image') ?? null;
  }

  /** The input that is given sound. */
  get sounding(): InputChoice | null {
    return this.list.find(({ kind }) => kind === 'audio') ?? null;
  }

  /** Whether the API fills an input by itself: what a text fills beside its own, and the sample rate beside a sound, where nobody said something else. */
  fillsIn(choice: InputChoice): boolean {
    return choice.followsText || (choice.isUntouched && asksForRate(choice.tensor) && this.sounding !== null);
  }

  /** Whether an input takes sound, and none a picture. */
  get hears(): boolean {
    return this.list.some(({ sound }) => sound.preparation !== null) && this.list.every(({ preprocessing }) => preprocessing === null);
  }

  /** Gives a sound to the input that takes one. @returns whether there is one */
  takeSound(file: File): boolean {
    const taker = this.list.find(({ sound }) => sound.preparation !== null);
    taker?.chooseSound(file);
    return taker !== undefined;
  }

  /** By input name, without those that are filled in. @throws LitescopeError INVALID_INPUT when a file or picture is wanted and was not chosen; NOT_A_NUMBER, WRONG_VALUE_COUNT for typed values */
  get sources(): Readonly<Record<string, Input>> {
    return Object.fromEntries(this.list.filter((choice) => !this.fillsIn(choice)).map((choice) => {
      const { input } = choice;
      if (input === null) throw new LitescopeError('INVALID_INPUT', choice.kind === 'image' ? text.input.noPictureChosen(choice.tensor.name) : text.input.noFileChosen(choice.tensor.name));
      return [choice.tensor.name, input];
    }));
  }

  get draft(): InputDraft[][] {
    return this.#bySignature.map((choices) => choices.map(({ draft }) => draft));
  }

  restore(draft: readonly (readonly InputDraft[])[]): void {
    draft.forEach((inputs, signature) => {
      inputs.forEach((input, place) => { this.#bySignature[signature]?.[place]?.restore(input); });
    });
  }

  /** The input that takes the words of a text; null for models that take none. */
  get worded(): InputChoice | null {
    return this.list.find(({ part }) => part === 'ids') ?? null;
  }

  /** Gives a picture to every input that can take one. @returns how many took it */
  takePicture(picture: Picture): number {
    const takers = this.list.filter(({ preprocessing }) => preprocessing !== null);
    for (const choice of takers) choice.choosePicture(picture);
    return takers.length;
  }
}
