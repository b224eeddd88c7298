import { LitescopeError } from '../../errors';
import { serviceWorkerPath } from '../shared/kept';
import type { Asked, KeepAnswer } from '../shared/messages';
import { reloadPage } from './own-reload';
import { offline as text } from '../../messages/offline';

/** The absolute address of the page's folder, which a service worker beside the page serves. */
export const pageScope = (): string => new URL('./', document.baseURI).href;

/** The whole address of a path beside the page. */
export const addressOf = (path: string): string => new URL(path, pageScope()).href;

/** Whether this browser lets this page have a service worker: only with https or on this machine, and not in every private window. */
export const canServe = (): boolean => 'serviceWorker' in navigator;

/** The page's way to its service worker. */
export class ServiceWorkerLink {
  readonly #registration: ServiceWorkerRegistration;

  private constructor(registration: ServiceWorkerRegistration) {
    this.#registration = registration;
  }

  /**
   * Registers it, which installs it where it is not there yet or another one; ends when one serves.
   * @param onNewer called when a newer version of the page than this one is there
   * @throws LitescopeError STORAGE_REFUSED where the browser takes none or could not install it
   */
  static async register(onNewer: () => void): Promise<ServiceWorkerLink> {
    const { serviceWorker } = navigator;
    // The first one to serve this page is of its own version.
    let served = serviceWorker.controller !== null;
    serviceWorker.addEventListener('controllerchange', () => {
      if (served) onNewer();
      served = true;
    });
    try {
      const registration = await serviceWorker.register(new URL(serviceWorkerPath, pageScope()), { scope: pageScope(), updateViaCache: 'none' });
      watchForNewer(registration, onNewer);
      await (registration.active ?? activated(registration));
      return new ServiceWorkerLink(registration);
    } catch (error) {
      throw LitescopeError.from(error, 'STORAGE_REFUSED');
    }
  }

  /** Keeps a file. @param path relative to the page @throws LitescopeError STORAGE_FULL, DOWNLOAD_FAILED */
  async keep(path: string): Promise<void> {
    const answer = await new Promise<KeepAnswer>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<KeepAnswer>) => {
        port1.close();
        resolve(data);
      };
      this.#post({ type: 'keep', path }, [port2]);
    });
    if (!answer.ok) throw LitescopeError.deserialize(answer.error);
  }

  /** Lets go of what only older versions of the page need. */
  tidy(): void {
    this.#post({ type: 'tidy' });
  }

  /** Puts the newer version in the place of this one and reloads this page. Other pages stay as they are, and keep their parts. */
  update(): void {
    const { waiting } = this.#registration;
    // Another page may have done it already.
    if (waiting === null) {
      reloadPage();
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => { reloadPage(); }, { once: true });
    waiting.postMessage({ type: 'SKIP_WAITING' } satisfies Asked);
  }

  #post(asked: Asked, transfer: Transferable[] = []): void {
    this.#registration.active?.postMessage(asked, transfer);
  }
}

function watchForNewer(registration: ServiceWorkerRegistration, onNewer: () => void): void {
  const look = (): void => { if (registration.waiting !== null && registration.active !== null) onNewer(); };
  const follow = (): void => { registration.installing?.addEventListener('statechange', look); };
  registration.addEventListener('updatefound', follow);
  follow();
  look();
}

/** Ends when what is being installed serves. @throws LitescopeError STORAGE_REFUSED where it comes to nothing */
function activated({ installing, waiting }: ServiceWorkerRegistration): Promise<void> {
  const worker = installing ?? waiting;
  return new Promise((resolve, reject) => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'activated') resolve();
      if (worker.state === 'redundant') reject(new LitescopeError('STORAGE_REFUSED', text.notInstalled));
    });
  });
}
