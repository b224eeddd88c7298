import type { CallOptions } from '../../threads/shared/methods';
import type { Progress } from '../../studies/progress';
import { describeProgress, type ProgressView, TimeLeft } from '../../wording/progress';

export type ActivityKind = 'run' | 'benchmark' | 'compare' | 'sweep' | 'why' | 'profile' | 'cross-check' | 'outputs' | 'layers' | 'look' | 'variant';

interface Job {
  readonly kind: ActivityKind;
  readonly modelId: string;
  readonly controller: AbortController;
}

/** The one thing that runs or is measured at a time: a second one would disturb the first one's figures. */
export class Activity {
  #job = $state.raw<Job | null>(null);
  #progress = $state.raw<ProgressView | null>(null);

  get busy(): boolean {
    return this.#job !== null;
  }

  get progress(): ProgressView {
    return this.#progress ?? { text: 'Starting', fraction: null };
  }

  isBusyWith(kind: ActivityKind, modelId: string): boolean {
    return this.#job?.kind === kind && this.#job.modelId === modelId;
  }

  /** Does the work, if nothing else is going on. */
  async perform(kind: ActivityKind, modelId: string, work: (options: Pick<CallOptions<Progress>, 'signal' | 'onProgress'>) => Promise<void>): Promise<void> {
    if (this.#job !== null) return;
    const job: Job = { kind, modelId, controller: new AbortController() };
    this.#job = job;
    this.#progress = null;
    const timeLeft = new TimeLeft();
    const onProgress = (progress: Progress) => {
      const view = describeProgress(progress);
      this.#progress = { ...view, left_s: timeLeft.of(progress, view, performance.now()) };
    };
    try {
      await work({ signal: job.controller.signal, onProgress });
    } finally {
      this.#job = null;
      this.#progress = null;
    }
  }

  cancel(): void {
    this.#job?.controller.abort();
  }

  /** A model that is closed takes its work with it. */
  cancelFor(modelId: string): void {
    if (this.#job?.modelId === modelId) this.cancel();
  }
}
