import { median } from 'd3-array';
import type { Conditions } from '../../../report/warnings';
import { OwnedWorker } from '../../../threads/page/owned-worker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import type { MachineReading } from '../shared/machine-reading';
import type { CalibrationMethods } from '../worker/calibration.worker';
import { loadWorker } from '../../../threads/page/load-worker';

const beat_ms = 100;
const watchedFrames = 12;
/** Hidden pages get no pictures at all. */
const frameLimit_ms = 600;

/** Pictures a second, as long as nothing else keeps the page busy. */
function framesPerSecond(): Promise<number | null> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const limit = setTimeout(() => { resolve(null); }, frameLimit_ms);
    const onFrame = (at: number) => {
      times.push(at);
      if (times.length <= watchedFrames) {
        requestAnimationFrame(onFrame);
        return;
      }
      clearTimeout(limit);
      resolve(1000 / (median(times.slice(1).map((time, index) => time - (times[index] ?? time))) ?? Infinity));
    };
    requestAnimationFrame(onFrame);
  });
}

async function onBattery(): Promise<boolean | null> {
  // Chromium only.
  const { getBattery } = navigator as { getBattery?: () => Promise<{ readonly charging: boolean }> };
  return (await getBattery?.call(navigator).catch(() => null))?.charging === false ? true : getBattery === undefined ? null : false;
}

function windowExtra(): Conditions['window_extra'] {
  // A page that is zoomed has other pixels than its window, and a telephone's page fills whatever it likes.
  if (outerWidth === 0 || outerHeight === 0 || (visualViewport?.scale ?? 1) !== 1 || matchMedia('(pointer: coarse)').matches) return null;
  return { width: outerWidth - innerWidth, height: outerHeight - innerHeight };
}

/** Watches the page and the machine while something is measured. */
export class ConditionWatch {
  readonly #worker: OwnedWorker<CalibrationMethods>;
  readonly #before: MachineReading;
  readonly #frames: number | null;
  readonly #battery: boolean | null;
  readonly #onVisibility = () => { this.#hidden ||= document.visibilityState === 'hidden'; };
  readonly #heart: ReturnType<typeof setInterval>;
  #hidden = document.visibilityState === 'hidden';
  #beat = performance.now();
  #late_ms = 0;

  private constructor(worker: OwnedWorker<CalibrationMethods>, before: MachineReading, frames: number | null, battery: boolean | null) {
    this.#worker = worker;
    this.#before = before;
    this.#frames = frames;
    this.#battery = battery;
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#heart = setInterval(() => { this.#listen(); }, beat_ms);
  }

  /** Takes about a quarter of a second. @throws LitescopeError CANCELLED */
  static async begin({ signal, onProgress }: CallOptions<Progress>): Promise<ConditionWatch> {
    onProgress?.({ kind: 'calibrate' });
    const worker = new OwnedWorker<CalibrationMethods>(loadWorker((Worker) => new Worker(new URL('../worker/calibration.worker.ts', import.meta.url), { type: 'module', name: 'litescope-calibration' })));
    try {
      // One after the other: the arithmetic would take pictures from a page on few cores.
      const [frames, battery] = await Promise.all([framesPerSecond(), onBattery()]);
      return new ConditionWatch(worker, await worker.remote.measure(undefined, { signal }), frames, battery);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  #listen(): void {
    const now = performance.now();
    this.#late_ms = Math.max(this.#late_ms, now - this.#beat - beat_ms);
    this.#beat = now;
  }

  /** What was seen since the beginning; the watch ends with it. */
  async end({ signal, onProgress }: CallOptions<Progress>): Promise<Conditions> {
    this.#listen();
    onProgress?.({ kind: 'calibrate' });
    try {
      const after = await this.#worker.remote.measure(undefined, { signal });
      const { round_ms: before_ms } = this.#before;
      return {
        calibration: { before_ms, after_ms: after.round_ms, ratio: after.round_ms / before_ms },
        timer_step_ms: Math.min(this.#before.timer_step_ms, after.timer_step_ms),
        isolated: crossOriginIsolated,
        hidden: this.#hidden,
        late_ms: this.#late_ms,
        frames_per_second: this.#frames,
        on_battery: this.#battery,
        window_extra: windowExtra(),
      };
    } finally {
      this.stop();
    }
  }

  /** Ends the watch without a reading. */
  stop(): void {
    clearInterval(this.#heart);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#worker.terminate();
  }
}
