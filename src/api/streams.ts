import type { LiveStream } from '../engine/live/page/live-stream';
import type { Stream } from '../engine/live/page/stream';

/** What a stream must be able to do to be looked after. */
export type FollowedStream = Pick<Stream, 'endSession'> & { readonly live: Pick<LiveStream, 'state' | 'pause' | 'resume'> };

/** The streams that are not closed, with the model that each one runs. */
export class OpenStreams {
  readonly #isOpen: (id: string) => boolean;
  readonly #streams = new Map<FollowedStream, string>();

  /** @param isOpen whether a model still is */
  constructor(isOpen: (id: string) => boolean) {
    this.#isOpen = isOpen;
  }

  /** Keeps in mind which model a stream runs, so that it ends with the model; the model may have been closed meanwhile. */
  follow(stream: FollowedStream, id: string): void {
    for (const known of this.#streams.keys()) if (known.live.state.kind === 'closed') this.#streams.delete(known);
    this.#streams.set(stream, id);
    if (!this.#isOpen(id)) stream.endSession();
  }

  /** Ends the sessions of all streams that run a model. */
  endSessionsOf(id: string): void {
    for (const [stream, running] of this.#streams) if (running === id) stream.endSession();
  }

  /** Lets the streams that run stand still. @returns lets them go on, but for those that were paused before or were closed meanwhile */
  hold(): () => void {
    const held = [...this.#streams.keys()].filter(({ live }) => live.state.kind === 'running');
    for (const { live } of held) live.pause();
    return () => {
      for (const { live } of held) live.resume();
    };
  }
}
