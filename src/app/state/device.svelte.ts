import type { Litescope } from '../../api';
import type { Capabilities } from '../../engine/configuration/shared/configuration';

/** What this browser offers; null until it is known. */
export class Device {
  #capabilities = $state.raw<Capabilities | null>(null);

  constructor(litescope: Litescope) {
    void litescope.capabilities().then((capabilities) => { this.#capabilities = capabilities; });
  }

  get capabilities(): Capabilities | null {
    return this.#capabilities;
  }
}
