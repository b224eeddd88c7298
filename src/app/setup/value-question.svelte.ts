import type { InputChoice, ValueFile } from './input-choice.svelte';

export interface OpenQuestion {
  readonly file: ValueFile;
  readonly choices: readonly InputChoice[];
}

/** A dropped file of values that fits several inputs waits here until the person has said which one it is for. */
export class ValueQuestion {
  #waiting = $state.raw<readonly OpenQuestion[]>([]);

  get current(): OpenQuestion | null {
    return this.#waiting[0] ?? null;
  }

  ask(file: ValueFile, choices: readonly InputChoice[]): void {
    this.#waiting = [...this.#waiting, { file, choices }];
  }

  answer(choice: InputChoice | null): void {
    const { current } = this;
    if (current !== null) choice?.chooseFile(current.file);
    this.#waiting = this.#waiting.slice(1);
  }
}
