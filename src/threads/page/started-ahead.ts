/** Workers of one kind of which the next may be started before it is known what it is to do, so that it is there by then. */
export class StartedAhead {
  readonly #load: () => Worker;
  #next: Worker | null = null;

  /** @param load starts one */
  constructor(load: () => Worker) {
    this.#load = load;
  }

  /** Starts the next one, unless it was started already. */
  start(): void {
    if (this.#next !== null) return;
    const worker = this.#load();
    // One that cannot be loaded fails before anybody listens.
    worker.addEventListener('error', () => { if (this.#next === worker) this.#next = null; });
    this.#next = worker;
  }

  /** The one that was started ahead, else one that is started now. */
  take(): Worker {
    const worker = this.#next ?? this.#load();
    this.#next = null;
    return worker;
  }
}
