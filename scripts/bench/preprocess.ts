/** The part `preprocess`: our way from a frame to a tensor beside the two that a person would otherwise take. */
import type { Stage } from './stage';
import { frameContestants, type FrameContestant, type FrameTimes, type FramesRequest, type PreprocessPage } from './preprocess-types';
import { layOut, median, milliseconds } from './tables';

type PreprocessWindow = Window & typeof globalThis & { readonly preprocessing: PreprocessPage };

const kinds = ['I420', 'NV12', 'RGBA', 'bitmap'] as const;
/** As face detection short range and MobileNet take their pictures. */
const inputs = [{ side: 128, fit: 'letterbox' }, { side: 224, fit: 'crop' }] as const;

/** @param step told of each row before it is measured */
export async function measurePreprocessing(stage: Stage, plan: Pick<FramesRequest, 'rounds' | 'frames'>, step: (text: string) => void): Promise<FrameTimes[]> {
  const page = await stage.newPage('/scripts/bench/page/preprocess.html');
  try {
    page.on('pageerror', (error) => { console.error(`  the page: ${error.message}`); });
    await page.waitForFunction(() => 'preprocessing' in window);
    const rows: FrameTimes[] = [];
    for (const kind of kinds) {
      for (const input of inputs) {
        step(`${kind} to ${input.side}`);
        const request: FramesRequest = { kind, width: 640, height: 480, ...input, ...plan };
        rows.push(await page.evaluate((asked) => (window as PreprocessWindow).preprocessing.measure(asked), request));
      }
    }
    return rows;
  } finally {
    await page.context().close();
  }
}

/** How many times as long as ours: median of the rounds' ratios of medians, lowest and highest round. */
function ratio(times: FrameTimes['times'], other: FrameContestant, own: FrameContestant): string {
  const ratios = times[other].map((samples, round) => median(samples) / median(times[own][round] ?? []));
  return `${median(ratios).toFixed(1)} (${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)})`;
}

export function preprocessTable(rows: readonly FrameTimes[]): string {
  const names: Readonly<Record<FrameContestant, string>> = { bilinear: 'bilinear', area: 'area', 'tfjs-canvas': 'tfjs, drawn', 'tfjs-copy': 'tfjs, copied', canvas: 'canvas' };
  const head = ['frame', 'tensor', ...frameContestants.map((name) => names[name]), 'tfjs ÷ bilinear', 'tfjs ÷ area', 'canvas ÷ bilinear', 'canvas ÷ area', 'differences'];
  const body = rows.map(({ kind, width, height, side, fit, times, differences }) => {
    const overall = (name: FrameContestant) => median(times[name].flat());
    const tfjs = overall('tfjs-canvas') < overall('tfjs-copy') ? 'tfjs-canvas' : 'tfjs-copy';
    return [
      `${kind} ${width} × ${height}`, `${side} × ${side} ${fit}`, ...frameContestants.map((name) => milliseconds(overall(name))),
      ratio(times, tfjs, 'bilinear'), ratio(times, tfjs, 'area'), ratio(times, 'canvas', 'bilinear'), ratio(times, 'canvas', 'area'),
      frameContestants.slice(1).map((name) => differences[name].toFixed(1)).join(' '),
    ];
  });
  return [
    'Median milliseconds from a frame to a float32 tensor of −1 to 1, in one worker, in turn, reading the frame included. bilinear, area:',
    'ours (`auto` takes area when a side shrinks by more than 2). tfjs: tf.browser.fromPixels, resizeBilinear and arithmetic on',
    `tfjs-backend-wasm (${rows[0]?.tfjs ?? ''}, one thread), from a canvas that the frame was drawn on or from RGBA that the browser copied. canvas:`,
    'drawImage in the tensor’s size, getImageData, a loop. ÷: the faster tfjs, and the canvas, over ours, with the lowest and highest round.',
    'differences: mean absolute difference of each tensor from the bilinear one, of 255.',
    '',
    layOut(head, body, 2),
  ].join('\n');
}
