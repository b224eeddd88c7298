/** The last thing that a person should hear of without being interrupted. */
export class Notices {
  #text = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.#text = ''; }, 6000);
  }
}
