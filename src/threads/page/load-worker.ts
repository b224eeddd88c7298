import { currentLanguage } from '../../messages/messages';
import { isReadyMessage } from '../shared/wire';
import { isOffline } from '../shared/offline';
import { nameWith } from '../shared/spoken';

/** Makes a worker by the constructor that it is given, which it must call by the name `Worker`: the bundler looks for that. */
export type StartWorker = (Constructor: typeof Worker) => Worker;

type Posted = Parameters<Worker['postMessage']>;

const watching = new Set<() => void>();

/** Hears of every worker that the browser took only when its script was asked for anew (see `loadWorker`). @returns ends it */
export function watchReloads(listener: () => void): () => void {
  watching.add(listener);
  return () => { watching.delete(listener); };
}

/** A worker that speaks the page's language, which it learns by its name. */
const speaking = (): typeof Worker => class extends Worker {
  constructor(script: string | URL, options?: WorkerOptions) {
    super(script, { ...options, name: nameWith(options?.name, currentLanguage()) });
  }
};

/** The same, of which the script is asked for under an address that no cache knows. */
const fetchedAnew = (): typeof Worker => class extends speaking() {
  constructor(script: string | URL, options?: WorkerOptions) {
    const address = new URL(script, document.baseURI);
    address.searchParams.set('anew', Math.random().toString(36).slice(2));
    super(address, options);
  }
};

/** The script, what it imports, and what that imports: each may be refused once, and is out of the cache then. */
const mostTries = 8;

/**
 * A worker that serves methods (`serve`), from before its script has come. Hosts answer a script that was cached with a 304
 * that lacks the isolation headers; WebKit then refuses the worker without a word. Its script is then asked for again, past
 * the cache. Messages wait until the worker is there: what was moved to one that never came would be lost.
 */
export function loadWorker(start: StartWorker): Worker {
  return new LoadedWorker(start);
}

class LoadedWorker extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  readonly #start: StartWorker;
  #worker: Worker;
  /** What was posted before the worker was there; null since. */
  #waiting: Posted[] | null = [];
  #tries = 1;
  #over = false;

  constructor(start: StartWorker) {
    super();
    this.#start = start;
    this.#worker = this.#listenTo(start(speaking()));
  }

  postMessage(...posted: unknown[]): void {
    if (this.#waiting === null) this.#worker.postMessage(...posted as Posted);
    else this.#waiting.push(posted as Posted);
  }

  terminate(): void {
    this.#over = true;
    this.#worker.terminate();
  }

  #listenTo(worker: Worker): Worker {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (isReadyMessage(data)) this.#begin();
      else this.dispatchEvent(new MessageEvent('message', { data }));
    });
    worker.addEventListener('messageerror', () => { this.dispatchEvent(new MessageEvent('messageerror')); });
    worker.addEventListener('error', (event) => { this.#fail(event); });
    return worker;
  }

  #begin(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const posted of waiting) this.#worker.postMessage(...posted);
    if (this.#tries > 1) for (const listener of watching) listener();
  }

  #fail(event: ErrorEvent): void {
    // What a script itself did wrong comes with a message, and would be wrong again.
    const refused = this.#waiting !== null && (event.message ?? '') === '' && !isOffline();
    if (refused && this.#tries < mostTries && !this.#over) {
      event.preventDefault();
      this.#tries += 1;
      this.#worker.terminate();
      this.#worker = this.#listenTo(this.#start(fetchedAnew()));
      return;
    }
    const { message, filename, lineno, colno } = event;
    const told = Object.assign(new Event('error', { cancelable: true }), { message, filename, lineno, colno });
    if (!this.dispatchEvent(told)) event.preventDefault();
  }
}
