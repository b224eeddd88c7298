import type { OpenModel } from '../../api';
import type { FedBack } from '../../engine/session/shared/state';
import { isValueDType } from '../../tensor/dtype';
import { statePairs, type StatePair } from '../../recognition/state';
import type { SignatureTensor } from '../../tflite/analysis/summary';
import type { StateDraft } from './draft';
import type { SignatureChoice } from './signature-choice.svelte';

/** An input that an output can be fed back to. */
export interface StateInput {
  readonly input: SignatureTensor;
  /** Those of its type and shape. */
  readonly outputs: readonly SignatureTensor[];
  /** What looks like its pair, and why. */
  readonly told: StatePair | null;
}

/** What a model keeps from one run to the next. */
export class StateChoice {
  readonly #model: OpenModel;
  readonly #signature: SignatureChoice;
  /** By signature and input: the output, null for none. */
  #chosen = $state.raw<StateDraft['fed']>({});
  #anew = $state(false);
  #reset = $state(false);

  constructor(model: OpenModel, signature: SignatureChoice) {
    this.#model = model;
    this.#signature = signature;
  }

  /** What a person can choose; a model of one input keeps nothing by being fed. */
  get inputs(): readonly StateInput[] {
    const { signature } = this.#signature;
    if (signature === null || signature.inputs.length < 2) return [];
    const told = statePairs(signature);
    return signature.inputs.flatMap((input) => {
      const outputs = signature.outputs.filter((output) => isValueDType(output.dtype) && output.dtype === input.dtype && String(output.shape) === String(input.shape));
      return outputs.length === 0 ? [] : [{ input, outputs, told: told.find((pair) => pair.input === input.name) ?? null }];
    });
  }

  /** Variables inside the model. */
  get variables(): number {
    return this.#signature.signature?.variables ?? 0;
  }

  /** Whether anything is kept. */
  get kept(): boolean {
    return this.variables > 0 || this.feedback.length > 0;
  }

  /** The output that an input is fed; null for none. What names say is fed until a person says otherwise. */
  fedTo({ input, told }: StateInput): string | null {
    const chosen = this.#chosen[this.#key]?.[input.name];
    return chosen === undefined ? (told?.because === 'names' ? told.output : null) : chosen;
  }

  get feedback(): readonly FedBack[] {
    return this.inputs.flatMap((each) => {
      const output = this.fedTo(each);
      return output === null || !each.outputs.some(({ name }) => name === output) ? [] : [{ output, input: each.input.name }];
    });
  }

  /** Whether every run begins anew. */
  get anew(): boolean {
    return this.#anew;
  }

  /** Whether the next run begins anew. */
  get beginsAnew(): boolean {
    return this.#anew || this.#reset;
  }

  get draft(): StateDraft {
    return { fed: this.#chosen, anew: this.#anew };
  }

  restore({ fed, anew }: StateDraft): void {
    this.#chosen = fed;
    this.#anew = anew;
  }

  choose({ input }: StateInput, output: string | null): void {
    this.#chosen = { ...this.#chosen, [this.#key]: { ...this.#chosen[this.#key], [input.name]: output } };
  }

  chooseAnew(anew: boolean): void {
    this.#anew = anew;
  }

  /** The next run is the first step. */
  reset(): void {
    this.#reset = true;
  }

  /** A run has begun as asked. */
  ran(): void {
    this.#reset = false;
  }

  get #key(): string {
    return this.#model.summary.signatures[this.#signature.index]?.key ?? '';
  }
}
