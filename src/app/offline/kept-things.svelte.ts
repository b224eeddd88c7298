import { clearKept, keptBytes } from '../../offline/page/kept-storage';
import type { KeptKind, OfflineFile } from '../../offline/shared/kept';
import { writeRunFile } from '../../history/page/run-files';
import type { RunHistory } from '../history/run-history.svelte';
import type { Visit } from '../start/visit.svelte';
import type { OfflineState } from './offline-state.svelte';
import { offline as text } from '../../messages/offline';

/** One kind of what the browser keeps for the page. */
export interface KeptThing {
  readonly kind: KeptKind | 'runs' | 'dropped';
  readonly title: string;
  readonly about: string;
  readonly bytes: number;
  readonly clear: () => Promise<void>;
}

const cached: readonly KeptKind[] = ['page', 'runtimes', 'models'];

/** What the browser keeps for the page, as of the last look. */
export class KeptThings {
  readonly #runHistory: RunHistory;
  readonly #visit: Visit;
  readonly #offline: OfflineState;
  #list = $state.raw<readonly KeptThing[]>([]);
  #missing = $state.raw<readonly OfflineFile[]>([]);
  #room = $state<number | null>(null);
  #persistent = $state(false);

  constructor(runHistory: RunHistory, visit: Visit, offline: OfflineState) {
    this.#runHistory = runHistory;
    this.#visit = visit;
    this.#offline = offline;
  }

  get list(): readonly KeptThing[] { return this.#list; }
  /** Files that are not kept, and would be needed to do everything without a network. */
  get missing(): readonly OfflineFile[] { return this.#missing; }
  /** Bytes that the page may use in all; null where the browser does not tell. */
  get room(): number | null { return this.#room; }
  /** Whether the browser keeps it all until somebody clears it. */
  get persistent(): boolean { return this.#persistent; }

  /** Looks again. @throws LitescopeError DOWNLOAD_FAILED where nobody tells what is missing */
  async look(): Promise<void> {
    this.#list = [...await this.#cached(), await this.#runs(), await this.#dropped()];
    this.#room = (await navigator.storage?.estimate?.())?.quota ?? null;
    this.#persistent = await navigator.storage?.persisted?.() ?? false;
    this.#missing = this.#offline.serves ? await this.#offline.missing() : [];
  }

  async #cached(): Promise<readonly KeptThing[]> {
    // Pages without https have no such storage.
    if (!('caches' in window)) return [];
    return Promise.all(cached.map(async (kind): Promise<KeptThing> => ({ kind, ...text.kinds[kind], bytes: await keptBytes(kind), clear: () => clearKept(kind) })));
  }

  async #runs(): Promise<KeptThing> {
    await this.#runHistory.load();
    const { runs } = this.#runHistory;
    return {
      kind: 'runs', ...text.kinds.runs, bytes: runs.length === 0 ? 0 : (await writeRunFile(runs, 'json')).size,
      clear: () => this.#runHistory.remove(runs.map(({ id }) => id)),
    };
  }

  async #dropped(): Promise<KeptThing> {
    return { kind: 'dropped', ...text.kinds.dropped, bytes: await this.#visit.keptBytes(), clear: () => this.#visit.forget() };
  }
}
