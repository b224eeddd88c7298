import type { CallOptions } from '../../threads/shared/methods';
import type { Progress } from '../../studies/progress';
import { describeProgress, type ProgressView, TimeLeft } from '../../wording/progress';
import { parts as text } from '../../messages/parts';

export type ActivityKind = 'run' | 'rows' | 'benchmark' | 'compare' | 'sweep' | 'why' | 'profile' | 'cross-check' | 'outputs' | 'layers' | 'look' | 'variant' | 'overview';

export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: NonNullable<CallOptions<Progress>['onProgress']>;
}

type Work = (options: WorkOptions) => Promise<void>;

interface Job {
  readonly kind: ActivityKind;
  readonly modelId: string;
  readonly controller: AbortController;
  /** Whether it was nobody's wish, and ends as soon as somebody wishes something. */
  readonly givesWay: boolean;
}

/** Why work that gives way was ended, as its signal's reason. */
export const gaveWay = Symbol('gave-way');

/**
 * The one thing that runs or is measured at a time: a second one would disturb the first one's figures. What a person asks
 * for is never kept waiting by what the page does of its own accord.
 */
export class Activity {
  #job = $state.raw<Job | null>(null);
  #progress = $state.raw<ProgressView | null>(null);
  /** Until what went on before has ended. */
  #ending: Promise<void> = Promise.resolve();

  /** Whether something goes on that somebody asked for. */
  get busy(): boolean {
    return this.#job !== null && !this.#job.givesWay;
  }

  /** Whether nothing goes on at all. */
  get idle(): boolean {
    return this.#job === null;
  }

  /** What goes on, and whether it ends for whatever somebody asks for; null where nothing does. */
  get current(): { readonly kind: ActivityKind; readonly modelId: string; readonly givesWay: boolean } | null {
    return this.#job;
  }

  get progress(): ProgressView {
    return this.#progress ?? { text: text.starting, fraction: null };
  }

  isBusyWith(kind: ActivityKind, modelId: string): boolean {
    return this.#job?.kind === kind && this.#job.modelId === modelId;
  }

  /** Does what somebody asked for, unless something else goes on that somebody asked for. */
  async perform(kind: ActivityKind, modelId: string, work: Work): Promise<void> {
    if (this.busy) return;
    await this.#take({ kind, modelId, controller: new AbortController(), givesWay: false }, work);
  }

  /** Does what nobody asked for, if nothing that somebody asked for goes on. Its signal's reason is `gaveWay` where it had to give way. */
  async performAside(kind: ActivityKind, modelId: string, work: Work): Promise<void> {
    if (this.busy) return;
    await this.#take({ kind, modelId, controller: new AbortController(), givesWay: true }, work);
  }

  cancel(): void {
    this.#job?.controller.abort();
  }

  /** Ends what goes on of the page's own accord. */
  giveWay(): void {
    if (this.#job?.givesWay === true) this.#job.controller.abort(gaveWay);
  }

  /** A model that is closed takes its work with it. */
  cancelFor(modelId: string): void {
    if (this.#job?.modelId === modelId) this.cancel();
  }

  async #take(job: Job, work: Work): Promise<void> {
    this.giveWay();
    const before = this.#job === null ? null : this.#ending;
    this.#job = job;
    this.#progress = null;
    const over = this.#perform(job, work, before);
    this.#ending = over.then(() => undefined, () => undefined);
    await over;
  }

  async #perform(job: Job, work: Work, before: Promise<void> | null): Promise<void> {
    const timeLeft = new TimeLeft();
    const onProgress = (progress: Progress) => {
      if (this.#job !== job) return;
      const view = describeProgress(progress);
      this.#progress = { ...view, left_s: timeLeft.of(progress, view, performance.now()) };
    };
    try {
      if (before !== null) await before;
      await work({ signal: job.controller.signal, onProgress });
    } finally {
      if (this.#job === job) {
        this.#job = null;
        this.#progress = null;
      }
    }
  }
}
