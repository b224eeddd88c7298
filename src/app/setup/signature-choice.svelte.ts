import type { OpenModel } from '../../api';
import type { SessionOptions } from '../../engine/session/page/session';
import { shapeForSound } from '../../gallery/page/model-defaults';
import { shapeForText } from '../../gallery/page/model-tokenizer';
import type { SignatureSummary, SignatureTensor } from '../../tflite/analysis/summary';
import { hasFreeDimension, suggestShape } from '../../wording/shapes';
import type { SignatureDraft } from './draft';

/** Which of a model's signatures runs, and how large its free dimensions are. */
export class SignatureChoice {
  readonly #model: OpenModel;
  #index = $state(0);
  #sizes = $state.raw<Readonly<Record<string, readonly number[]>>>({});

  constructor(model: OpenModel) {
    this.#model = model;
  }

  get index(): number {
    return this.#index;
  }

  get signature(): SignatureSummary | null {
    return this.#model.summary.signatures[this.#index] ?? null;
  }

  get freeInputs(): readonly SignatureTensor[] {
    return this.signature?.inputs.filter(hasFreeDimension) ?? [];
  }

  /** The input's shape with every dimension settled. */
  shapeOf(input: SignatureTensor): readonly number[] {
    return this.#sizes[input.name] ?? shapeForSound(this.#model, this.signature?.key, input) ?? shapeForText(this.#model.summary, this.signature?.key, input) ?? suggestShape(input.shape);
  }

  get options(): SessionOptions {
    const { signature } = this;
    const shapes = Object.fromEntries(this.freeInputs.map((input) => [input.name, this.shapeOf(input)]));
    return {
      signature: signature === null || this.#model.summary.signatures.length === 1 ? undefined : signature.key,
      shapes: this.freeInputs.length === 0 ? undefined : shapes,
    };
  }

  get draft(): SignatureDraft {
    return { index: this.#index, sizes: Object.fromEntries(Object.entries(this.#sizes).map(([name, shape]) => [name, [...shape]])) };
  }

  restore({ index, sizes }: SignatureDraft): void {
    if (index < this.#model.summary.signatures.length) this.#index = index;
    this.#sizes = sizes;
  }

  choose(index: number): void {
    this.#index = index;
  }

  resize(input: SignatureTensor, axis: number, size: number): void {
    if (!Number.isInteger(size) || size < 1) return;
    this.#sizes = { ...this.#sizes, [input.name]: this.shapeOf(input).map((dimension, at) => (at === axis ? size : dimension)) };
  }
}
