import { formatBytes, formatDuration, formatMilliseconds, formatPlural } from '../messages/format';
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
      if (total_bytes === null || total_bytes <= 0) return step(`Downloading ${what}: ${formatBytes(loaded_bytes)}`);
      return {
        text: `Downloading ${what}: ${formatBytes(loaded_bytes)} of ${formatBytes(total_bytes)}`,
        fraction: Math.min(1, loaded_bytes / total_bytes),
      };
    }
    case 'read-model': return step('Reading the model');
    case 'start-runtime': return step(`Starting ${progress.configuration.runtime}`);
    case 'load-model': return step(`Loading the model into ${progress.configuration.runtime}`);
    case 'take-turns': return { text: `Round ${progress.round} of ${progress.rounds}: ${progress.row}`, fraction: progress.fraction };
    case 'search-float-layers': return step(`Searching for sensitive layers: ${formatPlural(progress.tried, 'try', 'tries')}, ${progress.sqnr_db.toFixed(1)} dB`);
    case 'calibrate': return step('Measuring the machine itself');
    case 'prepare-inputs': return step('Preparing the inputs');
    case 'invoke': return step('Running');
    case 'decode': return step('Reading the outputs');
    case 'rewrite': return step('Rewriting the model');
    case 'quantize': return step('Quantizing');
    case 'find-ranges': return { text: `Finding ranges: ${progress.samples} of ${formatPlural(progress.total, 'sample')}`, fraction: progress.fraction };
    case 'cross-check': return { text: `Every tensor on ${progress.runtime}`, fraction: progress.fraction };
    case 'prove': return { text: `Comparing on ${progress.runtime}`, fraction: progress.fraction };
    case 'compare-layers': return { text: 'Every layer of both', fraction: progress.fraction };
    case 'compare-outputs': return { text: `Comparing outputs: ${progress.samples} of ${formatPlural(progress.total, 'input')}`, fraction: progress.fraction };
    case 'warm-up': return { text: `Warming up: ${formatPlural(progress.runs, 'run')}`, fraction: progress.fraction };
    case 'profiled-runs': return { text: `Profiling: ${formatPlural(progress.runs, 'run')}`, fraction: progress.fraction };
    case 'slicing': return { text: `Timing parts of the model beside the whole: ${formatPlural(progress.parts, 'part')}; cancel to keep what is known`, fraction: progress.fraction };
    case 'timed-runs': return {
      text: `Measuring: ${formatPlural(progress.runs, 'run')}, median ${formatMilliseconds(progress.median_ms)}`,
      fraction: progress.fraction,
    };
  }
}

/** How long something will take: about so long, or at least, where what is known beforehand is not all. */
export function expectedText(seconds: number, isKnown: boolean): string {
  return `Takes ${isKnown ? 'about' : 'at least'} ${formatDuration(seconds)}.`;
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
