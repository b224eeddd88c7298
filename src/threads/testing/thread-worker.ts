import { createRequire } from 'node:module';
import { Worker as Thread } from 'node:worker_threads';

const require = createRequire(import.meta.url);

/** A real thread of Node under a browser worker's interface. */
export class ThreadWorker extends EventTarget implements Worker {
  onmessage: Worker['onmessage'] = null;
  onmessageerror: Worker['onmessageerror'] = null;
  onerror: Worker['onerror'] = null;
  readonly #thread: Thread;
  /** Settles when the thread is gone. */
  readonly exited: Promise<void>;

  /** @param call source text of what the thread does when it is called: a function of id, method and request */
  constructor(call: string) {
    super();
    this.#thread = new Thread(`
      const comlink = require(${JSON.stringify(require.resolve('comlink/dist/umd/comlink.js'))});
      const endpoint = require(${JSON.stringify(require.resolve('comlink/dist/umd/node-adapter.js'))});
      comlink.expose({ call: ${call}, cancel() {} }, endpoint(require('node:worker_threads').parentPort));
    `, { eval: true });
    this.#thread.on('message', (data: unknown) => { this.dispatchEvent(new MessageEvent('message', { data })); });
    this.#thread.on('error', ({ message }) => { this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message })); });
    this.exited = new Promise((resolve) => { this.#thread.once('exit', () => { resolve(); }); });
  }

  postMessage(message: unknown, transfer?: unknown): void {
    this.#thread.postMessage(message, transfer as Parameters<Thread['postMessage']>[1]);
  }

  terminate(): void {
    void this.#thread.terminate();
  }
}
