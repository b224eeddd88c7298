import type { Litescope, Replay } from '../../api';
import type { RequestedConfiguration } from '../../engine/configuration/shared/configuration';

/** A saved run that was replayed on one model. */
export interface FinishedReplay {
  /** To replay it again on something else. */
  readonly file: File;
  readonly replay: Replay;
}

/** The latest replay of one model. */
export class ReplayState {
  #finished = $state.raw<FinishedReplay | null>(null);

  get finished(): FinishedReplay | null {
    return this.#finished;
  }

  keep(file: File, replay: Replay): void {
    this.#finished = { file, replay };
  }

  /** @throws LitescopeError what the API throws */
  async again(litescope: Litescope, { file }: FinishedReplay, configuration: RequestedConfiguration): Promise<void> {
    this.keep(file, await litescope.replay(file, configuration));
  }

  clear(): void {
    this.#finished = null;
  }
}

/** Saved runs whose model is not open yet. */
export class WaitingRuns {
  #files: readonly File[] = [];

  wait(file: File): void {
    this.#files = [...this.#files.filter(({ name }) => name !== file.name), file];
  }

  /** All of them, which wait no more. */
  take(): readonly File[] {
    const files = this.#files;
    this.#files = [];
    return files;
  }
}
