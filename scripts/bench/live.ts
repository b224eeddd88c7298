/** The part `live`: a stream of ours beside MediaPipe's face detector, on the same frames with the same model. */
import type { CDPSession } from '@playwright/test';
import { packageVersion } from '../vite/runtime-assets';
import { liveContestants, type LiveComparison, type LiveContestant, type LivePage } from './live-types';
import type { Stage } from './stage';
import { layOut, median, milliseconds } from './tables';

type LiveWindow = Window & typeof globalThis & { readonly live: LivePage };

const kinds = ['I420', 'RGBA'] as const;
/** Boxes that lie like this are of the same face, as far as the two suppress overlapping ones differently. */
const leastOverlap = 0.5;

/** Milliseconds that the page's main thread has worked since it began. */
async function worked_ms(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
}

/** @param step told of each row before it is measured */
export async function measureLive(stage: Stage, plan: { readonly rounds: number; readonly frames: number }, step: (text: string) => void): Promise<LiveComparison[]> {
  const page = await stage.newPage('/scripts/bench/page/live.html');
  try {
    page.on('pageerror', (error) => { console.error(`  the page: ${error.message}`); });
    await page.waitForFunction(() => 'live' in window);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const configuration = await page.evaluate(() => (window as LiveWindow).live.prepare());
    const rows: LiveComparison[] = [];
    for (const kind of kinds) {
      step(`${kind} frames`);
      const agreement = await page.evaluate((asked) => (window as LiveWindow).live.agreement(asked), kind);
      if (agreement.some((overlap) => overlap < leastOverlap)) throw new Error(`The two find different faces: overlaps ${agreement.map((overlap) => overlap.toFixed(2)).join(', ')}.`);
      const turns: Record<LiveContestant, LiveComparison['turns'][LiveContestant][number][]> = { ours: [], mediapipe: [], frames: [] };
      // One round before the others is not kept: it lets the code be compiled.
      for (let round = -1; round < plan.rounds; round++) {
        for (const contestant of round % 2 === 0 ? liveContestants : [...liveContestants].reverse()) {
          const before = await worked_ms(session);
          const turn = await page.evaluate((asked) => (window as LiveWindow).live.turn(...asked), [contestant, kind, plan.frames] as const);
          const mainThread_ms = await worked_ms(session) - before;
          const whole_ms = contestant === 'frames' ? [] : await page.evaluate((asked) => (window as LiveWindow).live.latencies(...asked), [contestant, kind, plan.frames / 2] as const);
          if (round >= 0) turns[contestant].push({ ...turn, mainThread_ms, whole_ms });
        }
      }
      rows.push({ kind, configuration, agreement, turns, frames: plan.frames });
    }
    return rows;
  } finally {
    await page.context().close();
  }
}

interface Line {
  readonly title: string;
  readonly unit: string;
  readonly value: (turn: LiveComparison['turns']['ours'][number], frames: number) => number;
  /** Whether more is better, so that the ratio turns round. */
  readonly more?: boolean;
}

const lines: readonly Line[] = [
  { title: 'preprocess and invoke against detectForVideo', unit: 'ms', value: ({ run_ms }) => median(run_ms) },
  { title: 'frame to drawn picture', unit: 'ms', value: ({ whole_ms }) => median(whole_ms) },
  { title: 'sustained frame rate', unit: 'fps', value: ({ elapsed_ms }, frames) => (frames * 1000) / elapsed_ms, more: true },
  { title: 'main thread a frame', unit: 'ms', value: ({ mainThread_ms }, frames) => mainThread_ms / frames },
];

export function liveTable(rows: readonly LiveComparison[]): string {
  const body = rows.flatMap(({ kind, turns, frames }) => lines.map(({ title, unit, value, more = false }) => {
    const [ours, theirs, empty] = [turns.ours, turns.mediapipe, turns.frames].map((list) => list.map((turn) => value(turn, frames))) as [number[], number[], number[]];
    const ratios = theirs.map((other, round) => (more ? (ours[round] ?? Number.NaN) / other : other / (ours[round] ?? Number.NaN)));
    return [
      `${kind} 640 × 480`, title, unit, milliseconds(median(ours)), milliseconds(median(theirs)), Number.isNaN(median(empty)) ? '' : milliseconds(median(empty)),
      `${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)})`,
    ];
  }));
  const { configuration, agreement } = rows[0] ?? { configuration: { ours: '', mediapipe: '' }, agreement: [] };
  return [
    `Face detection short range on frames of 640 × 480 pixels, in turn. ours: a live stream as the page runs it (${configuration.ours}).`,
    `MediaPipe: FaceDetector of @mediapipe/tasks-vision ${packageVersion('@mediapipe/tasks-vision')} (${configuration.mediapipe}) on the page, its metadata added by our writer, the frame and`,
    'its boxes drawn on a canvas. frames: the same frames made and closed and nothing else, which is part of the others’ rate and main thread.',
    'Frame to drawn picture: from handing a frame over, with no other in its way, to the pixels of the picture on the page’s canvas.',
    'Median of the rounds; ×: how many times better ours is, with the lowest and highest round. detectForVideo decodes as well, which ours',
    `counts apart. Both find the same faces: boxes overlap by ${Math.min(...agreement).toFixed(2)} or more.`,
    '',
    layOut(['frames', 'what', '', 'ours', 'MediaPipe', 'frames', '×'], body, 3),
  ].join('\n');
}
