import { serve } from '../worker/serve';
import type { Methods } from '../shared/methods';

/**
 * A worker in this very realm: both ends of a MessageChannel. What the browser would do to a real one (an error, a
 * message that cannot be read) is done by dispatching the event.
 */
export class ChannelWorker extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  terminations = 0;
  readonly #page: MessagePort;
  readonly #inside: MessagePort;

  constructor(methods: Methods) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    serve(methods, port2);
    port1.addEventListener('message', ({ data }) => { this.dispatchEvent(new MessageEvent('message', { data })); });
    port1.start();
  }

  postMessage(message: unknown, transfer?: Transferable[] | StructuredSerializeOptions): void {
    if (Array.isArray(transfer)) this.#page.postMessage(message, transfer);
    else this.#page.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminations++;
    this.#page.close();
    this.#inside.close();
  }
}
