/** The page of the live bench: a stream of ours and MediaPipe's detector on the same frames. */
import { createLitescope, type OpenModel } from '../../../src/api';
import type { ShownFrame } from '../../../src/engine/live/page/live-types';
import type { Stream } from '../../../src/engine/live/page/stream';
import type { CapturedFrame, FrameListener, FrameSource } from '../../../src/vision/sources/page/types';
import type { Box } from '../../../src/vision/shared/types';
import type { LiveContestant, LiveFrameKind, LivePage, LiveTurn } from '../live-types';
import { createFaceDetector } from './mediapipe';
import { frameSize, photoFrames } from './photo-frames';

type Frames = Awaited<ReturnType<typeof photoFrames>>;
type FaceDetector = Awaited<ReturnType<typeof createFaceDetector>>;

/** Gives a frame whenever it is asked to, as a camera that is always ready. */
class ReadySource implements FrameSource {
  readonly kind = 'camera';
  readonly name = 'bench';
  readonly way = 'track-processor';
  readonly clock = 'capture';
  readonly width = frameSize.width;
  readonly height = frameSize.height;
  readonly frameRate = null;
  readonly facesPerson = false;
  #listener: FrameListener | null = null;
  start(listener: FrameListener): void { this.#listener = listener; }
  close(): void { this.#listener = null; }
  deliver(frame: VideoFrame): void {
    const captured: CapturedFrame = { captured_ms: performance.now(), take: () => Promise.resolve(frame), drop: () => { frame.close(); } };
    if (this.#listener === null) frame.close();
    else this.#listener.onFrame(captured);
  }
}

interface Ready {
  readonly detector: FaceDetector;
  readonly stream: Stream;
  readonly source: ReadySource;
  readonly frames: Readonly<Record<LiveFrameKind, Frames>>;
}

const shown = document.createElement('canvas');
const drawn = document.createElement('canvas');
for (const canvas of [shown, drawn]) {
  Object.assign(canvas, frameSize);
  document.body.append(canvas);
}
const bitmaps = shown.getContext('bitmaprenderer');
const context = drawn.getContext('2d');
let ready: Ready | null = null;
let onShown: (frame: ShownFrame) => void = () => undefined;
/** MediaPipe wants timestamps that rise for ever. */
let clock_ms = 0;

function prepared(): Ready {
  if (ready === null) throw new Error('prepare() comes first.');
  return ready;
}

function detect({ detector }: Ready, frame: VideoFrame): readonly Box[] {
  clock_ms += 33;
  return detector.detectForVideo(frame, clock_ms).detections.flatMap(({ boundingBox }) =>
    boundingBox === undefined ? [] : [{ x: boundingBox.originX, y: boundingBox.originY, width: boundingBox.width, height: boundingBox.height }]);
}

/** One more frame for each that is shown, and one that waits meanwhile. */
function ourTurn({ source }: Ready, frames: Frames, total: number): Promise<LiveTurn> {
  const run_ms: number[] = [];
  const started = performance.now();
  let made = 0;
  const deliver = () => {
    if (made < total) source.deliver(frames.make(made++));
  };
  return new Promise((resolve) => {
    onShown = ({ stages }) => {
      run_ms.push(stages.preprocess + stages.invoke);
      if (run_ms.length === total) resolve({ elapsed_ms: performance.now() - started, run_ms });
      else void breathe().then(deliver);
    };
    deliver();
    // A second at once would overtake the first: not before the stream has taken the one that waits.
    void breathe().then(deliver);
  });
}

/** A turn of the event loop after each frame, as callbacks of a video give it. */
function breathe(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => { port1.close(); resolve(); };
    port2.postMessage(null);
  });
}

/** What MediaPipe's samples do with a frame. */
function detectAndDraw(all: Ready, frame: VideoFrame): { readonly run_ms: number } {
  const started = performance.now();
  const boxes = detect(all, frame);
  const run_ms = performance.now() - started;
  context?.drawImage(frame, 0, 0);
  if (context !== null) context.strokeStyle = '#0f0';
  for (const { x, y, width, height } of boxes) context?.strokeRect(x, y, width, height);
  return { run_ms };
}

async function theirTurn(all: Ready, frames: Frames, total: number): Promise<LiveTurn> {
  const run_ms: number[] = [];
  const started = performance.now();
  for (let index = 0; index < total; index++) {
    const frame = frames.make(index);
    run_ms.push(detectAndDraw(all, frame).run_ms);
    frame.close();
    await breathe();
  }
  return { elapsed_ms: performance.now() - started, run_ms };
}

async function ourLatency({ source }: Ready, frame: VideoFrame): Promise<number> {
  const shownFrame = new Promise<number>((resolve) => { onShown = () => { resolve(performance.now()); }; });
  const started = performance.now();
  source.deliver(frame);
  return await shownFrame - started;
}

function theirLatency(all: Ready, frame: VideoFrame): number {
  const started = performance.now();
  detectAndDraw(all, frame);
  // The canvas only notes down what is drawn on it until somebody wants its pixels.
  context?.getImageData(0, 0, 1, 1);
  const elapsed_ms = performance.now() - started;
  frame.close();
  return elapsed_ms;
}

async function emptyTurn(frames: Frames, total: number): Promise<LiveTurn> {
  const started = performance.now();
  for (let index = 0; index < total; index++) {
    frames.make(index).close();
    await breathe();
  }
  return { elapsed_ms: performance.now() - started, run_ms: [] };
}

function overlap(one: Box | undefined, other: Box | undefined): number {
  if (one === undefined || other === undefined) return 0;
  const width = Math.max(0, Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x));
  const height = Math.max(0, Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y));
  return (width * height) / (one.width * one.height + other.width * other.height - width * height);
}

async function openStream(model: OpenModel, source: ReadySource): Promise<Stream> {
  return createdLitescope.stream(model.id, source, {
    show: (picture) => { bitmaps?.transferFromImageBitmap(picture); },
    onFrame: (frame) => { onShown(frame); },
    onState: (state) => { if (state.kind === 'interrupted') throw new Error(JSON.stringify(state.error)); },
  }, { threads: 1 });
}

const createdLitescope = createLitescope();

const live: LivePage = {
  async prepare() {
    const model = await createdLitescope.openFromGallery('face-detection-short-range');
    const source = new ReadySource();
    const stream = await openStream(model, source);
    const frames = { I420: await photoFrames('I420'), RGBA: await photoFrames('RGBA') };
    ready = { detector: await createFaceDetector(model.blob), stream, source, frames };
    const { runtime, threads } = stream.configuration;
    return { ours: `${runtime}, ${threads} thread`, mediapipe: 'CPU' };
  },
  async agreement(kind) {
    const all = prepared();
    const frames = all.frames[kind];
    const overlaps: number[] = [];
    for (let index = 0; index < frames.count; index++) {
      const found = new Promise<ShownFrame>((resolve) => { onShown = resolve; });
      all.source.deliver(frames.make(index));
      const { decoded } = (await found).reply;
      const frame = frames.make(index);
      const [theirs] = detect(all, frame);
      frame.close();
      overlaps.push(overlap(decoded?.kind === 'detections' ? decoded.detections[0]?.box : undefined, theirs));
    }
    return overlaps;
  },
  turn(contestant: LiveContestant, kind, total) {
    const all = prepared();
    const frames = all.frames[kind];
    switch (contestant) {
      case 'ours': return ourTurn(all, frames, total);
      case 'mediapipe': return theirTurn(all, frames, total);
      case 'frames': return emptyTurn(frames, total);
    }
  },
  async latencies(contestant, kind, total) {
    const all = prepared();
    const frames = all.frames[kind];
    const latencies: number[] = [];
    for (let index = 0; index < total; index++) {
      const frame = frames.make(index);
      latencies.push(contestant === 'ours' ? await ourLatency(all, frame) : theirLatency(all, frame));
      // What is left to be done after a picture, and its composition, is no part of the next.
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
      await breathe();
    }
    return latencies;
  },
};

Object.assign(window, { live });
