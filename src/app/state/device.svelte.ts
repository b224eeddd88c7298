import type { Litescope } from '../../api';
import type { Capabilities } from '../../engine/configuration/shared/configuration';
import { watchReloads } from '../../threads/page/load-worker';

/** What this browser and this host offer. */
export class Device {
  #capabilities = $state.raw<Capabilities | null>(null);
  #reloads = $state(0);

  constructor(litescope: Litescope) {
    void litescope.capabilities().then((capabilities) => { this.#capabilities = capabilities; });
    watchReloads(() => { this.#reloads += 1; });
  }

  /** How many parts of the page the browser took only when they were fetched a second time. */
  get reloads(): number {
    return this.#reloads;
  }

  /** Null until it is known. */
  get capabilities(): Capabilities | null {
    return this.#capabilities;
  }
}
