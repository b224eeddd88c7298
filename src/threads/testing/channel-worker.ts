import * as comlink from 'comlink';

/**
 * A worker in this very realm: comlink on both ends of a MessageChannel. What the browser would do to a real one
 * (an error, a message that cannot be read) is done by dispatching the event.
 */
export class ChannelWorker<Api extends object> extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  terminations = 0;
  readonly #page: MessagePort;
  readonly #inside: MessagePort;

  constructor(api: Api) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    comlink.expose(api, port2);
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
