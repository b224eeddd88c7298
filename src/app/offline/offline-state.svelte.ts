import type { Litescope } from '../../api';
import { filesOf, usableBuilds, usedBuilds } from '../../engine/builds/page/builds';
import { LitescopeError, type SerializedError } from '../../errors';
import { galleryUrl } from '../../gallery/page/gallery';
import { reloadIsolated, wantsIsolation, wasIsolated } from '../../offline/page/isolating';
import { askToPersist, missingFiles } from '../../offline/page/kept-storage';
import { addressOf, canServe, ServiceWorkerLink } from '../../offline/page/service-worker-link';
import type { OfflineFile } from '../../offline/shared/kept';
import type { Notices } from '../state/notices.svelte';
import type { Preferences } from '../state/preferences.svelte';
import { offline as text } from '../../messages/offline';

/** How far the files are that are being kept. */
export interface KeepingProgress {
  readonly kept_bytes: number;
  readonly total_bytes: number;
}

/** What the page does without a network, and by its service worker. */
export class OfflineState {
  readonly #litescope: Litescope;
  readonly #notices: Pick<Notices, 'say'>;
  readonly #preferences: Pick<Preferences, 'offline'>;
  #link = $state.raw<ServiceWorkerLink | null>(null);
  #begun = false;
  #newer = $state(false);
  #isolation = $state<'coming' | 'offered' | null>(null);
  #refusal = $state.raw<SerializedError | null>(null);
  #keeping = $state.raw<{ readonly progress: KeepingProgress; readonly controller: AbortController } | null>(null);

  constructor(litescope: Litescope, notices: Pick<Notices, 'say'>, preferences: Pick<Preferences, 'offline'>) {
    this.#litescope = litescope;
    this.#notices = notices;
    this.#preferences = preferences;
  }

  /** Whether a service worker serves: what is used is kept. */
  get serves(): boolean { return this.#link !== null; }
  /** Whether a newer version of the page is there. */
  get newer(): boolean { return this.#newer; }
  /** Whether a reload that isolates the page comes by itself, or waits for the person; null where none is needed. */
  get isolation(): 'coming' | 'offered' | null { return this.#isolation; }
  /** Why nothing is kept; null where it is. */
  get refusal(): SerializedError | null { return this.#refusal; }
  /** How far it is with keeping all; null while it does not. */
  get keeping(): KeepingProgress | null { return this.#keeping?.progress ?? null; }

  /**
   * Registers the service worker, once; the first time after everything else, so that it costs the first visit nothing.
   * @param isCalm tells whether nothing runs and nothing is open that a reload would disturb
   */
  async begin(isCalm: () => boolean): Promise<void> {
    if (this.#begun || !import.meta.env.PROD || !this.#preferences.offline || !canServe()) return;
    this.#begun = true;
    try {
      if (wasIsolated() && (await this.#litescope.capabilities()).threads) this.#notices.say(text.threadsOn);
      const isolates = await wantsIsolation();
      if (isolates) this.#isolation = 'coming';
      this.#link = await ServiceWorkerLink.register(() => { this.#newer = true; });
      if (isolates && isCalm()) reloadIsolated();
      else if (isolates) this.#isolation = 'offered';
      this.#link.tidy();
      await this.#keepUsed(this.#link);
    } catch (error) {
      if (this.#link === null) this.#isolation = null;
      this.#refusal = LitescopeError.from(error).serialize();
    }
  }

  /** Reloads into the newer version, or into a page with threads. */
  reload(): void {
    if (this.#newer) this.#link?.update();
    else reloadIsolated();
  }

  /** Files that are not kept yet and that this browser would use. @throws LitescopeError DOWNLOAD_FAILED */
  async missing(): Promise<readonly OfflineFile[]> {
    const used = usableBuilds(await this.#litescope.capabilities()).flatMap(filesOf);
    return missingFiles((path) => used.includes(addressOf(path)));
  }

  /**
   * Keeps files one after the other. What is kept stays when it is cancelled or fails.
   * @throws LitescopeError STORAGE_FULL, DOWNLOAD_FAILED
   */
  async keep(files: readonly OfflineFile[]): Promise<void> {
    const link = this.#link;
    if (link === null || this.#keeping !== null) return;
    const controller = new AbortController();
    const total_bytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const cancelled = new Promise<void>((resolve) => { controller.signal.addEventListener('abort', () => { resolve(); }, { once: true }); });
    let kept_bytes = 0;
    try {
      askToPersist();
      for (const { path, bytes } of files) {
        this.#keeping = { controller, progress: { kept_bytes, total_bytes } };
        await Promise.race([link.keep(path), cancelled]);
        if (controller.signal.aborted) return;
        kept_bytes += bytes;
      }
    } finally {
      this.#keeping = null;
    }
  }

  /** Ends the keeping at once; the file that is on its way comes all the same. */
  cancelKeeping(): void {
    this.#keeping?.controller.abort();
  }

  /** Keeps what this visit has used before there was anybody to keep it. */
  async #keepUsed(link: ServiceWorkerLink): Promise<void> {
    const addresses = [
      ...usedBuilds().flatMap(filesOf),
      ...this.#litescope.models().flatMap(({ entry }) => (entry === null ? [] : [galleryUrl(entry)])),
    ];
    for (const file of await missingFiles(() => true)) if (addresses.includes(addressOf(file.path))) await link.keep(file.path);
  }
}
