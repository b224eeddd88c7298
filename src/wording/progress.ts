import { formatBytes, formatDuration, formatMilliseconds } from '../messages/format';
import { wordingProgress as words } from '../messages/wording-progress';
import type { Progress } from '../studies/progress';

export interface ProgressView {
  readonly text: string;
  /** 0 to 1; null while nobody knows. */
  readonly fraction: number | null;
  /** Seconds until this step is done, going by what it took so far; left out while nobody knows. */
  readonly left_s?: number | undefined;
}

const step = (text: string): ProgressView => ({ text, fraction: null });

/** One line that says what is going on. */
export function describeProgress(progress: Progress): ProgressView {
  switch (progress.kind) {
    case 'download': {
      const { what, loaded_bytes, total_bytes } = progress;
      if (total_bytes === null || total_bytes <= 0) return step(words.downloading(what, formatBytes(loaded_bytes), null));
      return {
        text: words.downloading(what, formatBytes(loaded_bytes), formatBytes(total_bytes)),
        fraction: Math.min(1, loaded_bytes / total_bytes),
      };
    }
    case 'read-model': return step(words.readingModel);
    case 'start-runtime': return step(words.starting(progress.configuration.runtime));
    case 'load-model': return step(words.loadingModel(progress.configuration.runtime));
    case 'take-turns': return { text: words.round(progress.round, progress.rounds, progress.row), fraction: progress.fraction };
    case 'search-float-layers': return step(words.searchingLayers(progress.tried, progress.sqnr_db.toFixed(1)));
    case 'calibrate': return step(words.measuringMachine);
    case 'prepare-inputs': return step(words.preparingInputs);
    case 'invoke': return step(words.running);
    case 'steps': return { text: words.runningSteps(progress.step, progress.steps), fraction: progress.fraction };
    case 'listen': return { text: words.listening(formatDuration(progress.heard_s), formatDuration(progress.duration_s)), fraction: Math.min(1, progress.heard_s / progress.duration_s) };
    case 'decode': return step(words.readingOutputs);
    case 'rewrite': return step(words.rewriting);
    case 'quantize': return step(words.quantizing);
    case 'find-ranges': return { text: words.findingRanges(progress.samples, progress.total), fraction: progress.fraction };
    case 'cross-check': return { text: words.everyTensor(progress.runtime), fraction: progress.fraction };
    case 'prove': return { text: words.comparing(progress.runtime), fraction: progress.fraction };
    case 'compare-layers': return { text: words.everyLayer, fraction: progress.fraction };
    case 'run-rows': return { text: words.runningRows(progress.done, progress.total), fraction: progress.done / progress.total };
    case 'compare-outputs': return { text: words.comparingOutputs(progress.samples, progress.total), fraction: progress.fraction };
    case 'warm-up': return { text: words.warmingUp(progress.runs), fraction: progress.fraction };
    case 'profiled-runs': return { text: words.profiling(progress.runs), fraction: progress.fraction };
    case 'slicing': return { text: words.timingParts(progress.parts), fraction: progress.fraction };
    case 'timed-runs': return {
      text: words.measuring(progress.runs, formatMilliseconds(progress.median_ms)),
      fraction: progress.fraction,
    };
  }
}

/** How long something will take: about so long, or at least, where what is known beforehand is not all. */
export function expectedText(seconds: number, isKnown: boolean): string {
  return isKnown ? words.takesAbout(formatDuration(seconds)) : words.takesAtLeast(formatDuration(seconds));
}

/** Sooner than this, in milliseconds, or before this share of a step is done, what is left would be a guess. */
const knownAfter = { ms: 2000, share: 0.03 } as const;

/** How long a step will still take, from how far it came since it began. Steps are told apart by the kind of their progress. */
export class TimeLeft {
  #kind: Progress['kind'] | null = null;
  #began_ms = 0;
  #from = 0;

  /** @param now_ms on any clock that only goes forward */
  of({ kind }: Progress, { fraction }: ProgressView, now_ms: number): number | undefined {
    if (kind !== this.#kind) [this.#kind, this.#began_ms, this.#from] = [kind, now_ms, fraction ?? 0];
    if (fraction === null) return undefined;
    const [share, elapsed_ms] = [fraction - this.#from, now_ms - this.#began_ms];
    return share < knownAfter.share || elapsed_ms < knownAfter.ms ? undefined : (elapsed_ms * (1 - fraction)) / share / 1000;
  }
}
