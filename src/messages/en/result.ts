import { counted } from './counted';

/** What a run gave, how long it took and what it ran on. */
export const result = {
  heading: 'Result',
  none: 'Run the model to see what it makes of its input, how long that takes and which runtime it ran on.',
  tensorsOnly: 'The outputs are shown as tensors only.',
  outputs: (outputs: number) => (outputs === 1 ? 'Output' : `${outputs} outputs`),
  log: 'What the runtime said',
  values: 'Values',
  statistics: { min: 'min', max: 'max', mean: 'mean', notFinite: 'not finite' },

  figures: {
    invoke: (first: boolean) => (first ? 'Invoke, first run' : 'Invoke'),
    firstHint: 'A session’s first run readies its memory and code, and is slower than those that follow. Run again, or start a benchmark.',
    read: 'Read picture',
    preprocess: 'Preprocess',
    fill: 'Fill inputs',
    decode: 'Decode',
    roundTrip: 'Round trip',
    init: 'Model init',
    start: 'Runtime start',
    memory: 'WASM memory',
  },

  ran: (variant: string, version: string) => `${variant}, version ${version}`,
  partlyFast: 'Part of the graph runs outside XNNPACK, the fast path on WebAssembly.',
  partlyAccelerated: (accelerator: string) => `Part of the graph runs outside the accelerator: what ${accelerator} lacks runs on WebAssembly, and each crossing costs time.`,

  decoded: {
    object: 'object',
    body: 'body',
    hand: (side: string) => `${side} hand`,
    box: (width: number, height: number, x: number, y: number) => `${width} × ${height} px at ${x}, ${y}`,
    turned: (box: string, degrees: number) => `${box}, turned by ${degrees}°`,
    boxWithPoints: (box: string, points: number) => (points === 0 ? box : `${box}, ${points} key points`),
    keyPoints: (shown: number, points: number, box: string | null) => `${shown} of ${counted(points, 'key point')}${box === null ? '' : `, ${box}`}`,
    legend: 'Legend',
    share: 'Share of the picture\'s area',
    ranges: {
      model: 'Black and white are the values that the model states.',
      type: 'Black and white are the least and the greatest value of 8 bits.',
      values: 'Black and white follow from the values of the output, for the model does not state them.',
    },
    points: 'Points, pixels of the picture',
    point: 'Point',
    x: 'x, px',
    y: 'y, px',
    visible: 'Visible',
  },
};
