import type { Workbench } from '../state/workbench.svelte';

/** A list that may be what a model's classes are called: it waits until the person has said so. */
export interface LabelQuestion {
  readonly id: number;
  readonly modelId: string;
  readonly name: string;
  readonly list: readonly string[];
}

/** Lists of labels that came without being asked for. */
export class LabelQuestions {
  readonly #workbench: Pick<Workbench, 'models'>;
  #asked = $state.raw<readonly LabelQuestion[]>([]);
  #next = 1;

  constructor(workbench: Pick<Workbench, 'models'>) {
    this.#workbench = workbench;
  }

  /** Those of models that are open. */
  get open(): readonly LabelQuestion[] {
    return this.#asked.filter(({ modelId }) => this.#workbench.models.some(({ model }) => model.id === modelId));
  }

  /** The latest list for a model takes the place of the one before. */
  ask(modelId: string, name: string, list: readonly string[]): void {
    this.#asked = [...this.#asked.filter((asked) => asked.modelId !== modelId), { id: this.#next++, modelId, name, list }];
  }

  /** @param use whether the labels are wanted */
  answer({ id, modelId, name, list }: LabelQuestion, use: boolean): void {
    this.#asked = this.#asked.filter((asked) => asked.id !== id);
    if (use) this.#workbench.models.find(({ model }) => model.id === modelId)?.decoding.useLabels({ name, list });
  }
}
