import type { Stage } from './stage';
import { contestants, type Contestant } from './types';

export interface StartUp {
  readonly name: Contestant;
  /** Milliseconds from navigation to the first result. */
  readonly samples: number[];
}

/** Cold opens in turn: every one in a fresh context, whose caches are empty. */
export async function measureStartUp(stage: Stage, rounds: number): Promise<StartUp[]> {
  const series = contestants.map((name): StartUp => ({ name, samples: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { name, samples } of round % 2 === 0 ? series : [...series].reverse()) {
      const query = new URLSearchParams({ contestant: name, model: 'face-detection-short-range', file: 'face_detection_short_range.tflite' });
      const page = await stage.newPage(`/scripts/bench/page/start-up.html?${query}`);
      samples.push(await page.evaluate(() => (window as Window & { firstResult?: Promise<number> }).firstResult ?? Promise.reject(new Error('The page did not start.'))));
      await page.context().close();
    }
  }
  return series;
}
