import { expose, type Endpoint } from 'comlink';
import { chooseLanguage } from '../../messages/choose-language';
import type { Call, Methods } from '../shared/methods';
import { languageIn } from '../shared/spoken';
import { carryErrors, type Exposed, type ProgressMessage, type ReadyMessage } from '../shared/wire';

/** A turn of the event loop, so that a waiting cancel is heard. Timers would be clamped to 4 ms. */
function turnsOfTheLoop(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return () => new Promise((resolve) => {
    port1.onmessage = () => { resolve(); };
    port2.postMessage(null);
  });
}

/**
 * Offers a worker's methods to the page that owns it (`OwnedWorker`). What a method throws arrives there as a
 * LitescopeError with its code; what it gives is copied, except for what `transfer` of comlink marks as moved.
 * @param endpoint this worker itself when left out
 */
export function serve(methods: Methods, endpoint: Endpoint = globalThis as unknown as Endpoint): void {
  carryErrors();
  const turn = turnsOfTheLoop();
  const running = new Map<number, AbortController>();
  const exposed: Exposed = {
    async call(id, name, request) {
      const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
      if (method === undefined) throw new Error(`This worker has no method “${name}”.`);
      const abort = new AbortController();
      running.set(id, abort);
      const call: Call<unknown> = {
        report: (progress) => { endpoint.postMessage({ progressOf: id, progress } satisfies ProgressMessage); },
        signal: abort.signal,
        interrupted: async () => {
          await turn();
          return abort.signal.aborted;
        },
      };
      try {
        return await (method as (request: unknown, call: Call<unknown>) => unknown)(request, call);
      } finally {
        running.delete(id);
      }
    },
    cancel(id) { running.get(id)?.abort(); },
  };
  void chooseLanguage(languageIn(String(Reflect.get(globalThis, 'name')))).then(() => {
    expose(exposed, endpoint);
    endpoint.postMessage({ ready: true } satisfies ReadyMessage);
  });
}
