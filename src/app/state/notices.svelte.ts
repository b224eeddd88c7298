/** What can be done about a notice, by a button beside it. */
export interface NoticeAction {
  readonly caption: string;
  readonly act: () => void;
}

/** Notices go by themselves; one with a button stays long enough to reach it. */
const shown_ms = { plain: 6000, action: 12_000 } as const;

/** The last thing that a person should hear of without being interrupted. */
export class Notices {
  #text = $state('');
  #action = $state.raw<NoticeAction | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  get action(): NoticeAction | null {
    return this.#action;
  }

  say(text: string, action: NoticeAction | null = null): void {
    this.#text = text;
    this.#action = action;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.clear(); }, action === null ? shown_ms.plain : shown_ms.action);
  }

  clear(): void {
    this.#text = '';
    this.#action = null;
  }
}
