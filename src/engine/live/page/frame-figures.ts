import { DriftWatch } from '../../../stats/drift';
import { SlidingWindow, type SlidingSummary } from '../../../stats/sliding-window';
import type { LiveFigures, ShownFrame } from './live-types';
import { frameStages, type FrameReply, type FrameStage, type StageDurations } from '../../stream/shared/types';

const window_ms = 5000;

/** Milliseconds that each stage took. The times follow each other, so that the stages add up to the latency. */
export function stagesOf({ times, extra_ms, located }: Pick<FrameReply, 'times' | 'extra_ms' | 'located'>, shown_ms: number): StageDurations {
  const detect = located?.detect_ms ?? 0;
  return {
    capture_wait: times.sent_ms - detect - times.captured_ms,
    detect,
    transfer: times.received_ms - times.sent_ms + (shown_ms - extra_ms - times.drawn_ms),
    preprocess: times.preprocessed_ms - times.received_ms,
    invoke: times.invoked_ms - times.preprocessed_ms,
    decode: times.decoded_ms - times.invoked_ms,
    draw: times.drawn_ms - times.decoded_ms,
  };
}

function eachStage<T>(make: (stage: FrameStage) => T): Record<FrameStage, T> {
  return Object.fromEntries(frameStages.map((stage) => [stage, make(stage)])) as Record<FrameStage, T>;
}

/** What a stream's latest seconds were like. */
export class FrameFigures {
  readonly #stages = eachStage(() => new SlidingWindow(window_ms));
  readonly #latency = new SlidingWindow(window_ms);
  /** At their times of capture, as the shown ones: rates on one clock can be held against each other. */
  readonly #received = new SlidingWindow(window_ms);
  readonly #shown = new SlidingWindow(window_ms);
  readonly #dropped = new SlidingWindow(window_ms);
  /** Of frames that a model behind a detector saw: 1 where the detector ran, 0 where it did not. */
  readonly #detected = new SlidingWindow(window_ms);
  readonly #drift = new DriftWatch();

  /** @param captured_ms on the clock of `performance.now()` */
  received(captured_ms: number): void {
    this.#received.add(captured_ms, 1);
  }

  dropped(now_ms: number): void {
    this.#dropped.add(now_ms, 1);
  }

  /**
   * @param shown_ms when the picture was on the page, milliseconds since the epoch
   * @param watched whether a person could see it: browsers and devices slow down what nobody sees, which is no sign of heat
   */
  shown(reply: FrameReply, shown_ms: number, watched: boolean): ShownFrame {
    const stages = stagesOf(reply, shown_ms);
    const latency_ms = shown_ms - reply.extra_ms - reply.times.captured_ms;
    const now = performance.now();
    // A frame for which the detector was not asked says nothing of how long it takes.
    for (const stage of frameStages) if (stage !== 'detect' || reply.located?.asked === true) this.#stages[stage].add(now, stages[stage]);
    if (reply.located !== undefined) this.#detected.add(now, reply.located.asked ? 1 : 0);
    this.#latency.add(now, latency_ms);
    this.#shown.add(reply.times.captured_ms - performance.timeOrigin, 1);
    if (watched) this.#drift.add(now, stages.invoke);
    return { reply, stages, latency_ms };
  }

  reading(now_ms: number): LiveFigures {
    const received = this.#received.values(now_ms).length;
    const detected = this.#detected.values(now_ms);
    return {
      window_s: window_ms / 1000,
      stages: eachStage((stage): SlidingSummary => this.#stages[stage].summary(now_ms)),
      latency: this.#latency.summary(now_ms),
      achieved_fps: this.#shown.rate(now_ms),
      source_fps: this.#received.rate(now_ms),
      dropped_share: received === 0 ? null : Math.min(1, this.#dropped.values(now_ms).length / received),
      detected_share: detected.length === 0 ? null : detected.reduce((sum, one) => sum + one, 0) / detected.length,
      drift: this.#drift.reading(now_ms),
    };
  }

  /** Another source or session: what was before says nothing of it. */
  restart(): void {
    for (const window of [...Object.values(this.#stages), this.#latency, this.#received, this.#shown, this.#dropped, this.#detected]) window.clear();
    this.#drift.restart();
  }
}
