/** Frames into a float32 tensor, in all ways in turn, in one worker. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { FrameReader } from '../../../src/vision/frames/worker/frame-reader';
import { placementFor } from '../../../src/vision/frames/shared/placement';
import { createPreprocessor } from '../../../src/vision/frames/worker/preprocess';
import type { Preprocessing } from '../../../src/vision/shared/types';
import { frameContestants, type FrameContestant, type FrameTimes, type FramesRequest } from '../preprocess-types';
import { frameMaker } from './frames';

type Frame = VideoFrame | ImageBitmap;
/** Fills the tensor from a frame, which it does not close. */
type Way = (frame: Frame) => Promise<void> | void;

function ours({ side, fit }: FramesRequest, resize: Preprocessing['resize'], input: Float32Array): Way {
  const reader = new FrameReader();
  const preprocess = createPreprocessor();
  const options: Preprocessing = { fit, resize, channels: 'rgb', layout: 'nhwc', values: { kind: 'normalise', mean: [127.5], std: [127.5] } };
  const shape = [1, side, side, 3];
  return async (frame) => {
    const { source } = await reader.read(frame);
    preprocess(source, { dtype: 'float32', shape, view: input }, options);
  };
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) throw new Error('There is no canvas.');
  return context;
}

function tfjsResize({ width, height, side, fit }: FramesRequest, pixels: tf.Tensor3D): tf.Tensor {
  const square = Math.min(width, height);
  const part = fit === 'crop' ? tf.slice(pixels, [(height - square) / 2, (width - square) / 2, 0], [square, square, 3]) : pixels;
  const scale = side / Math.max(width, height);
  const [rows, columns] = fit === 'crop' ? [side, side] : [height * scale, width * scale];
  const resized = tf.image.resizeBilinear(part, [rows, columns], false, true);
  const normalised = tf.div(tf.sub(resized, 127.5), 127.5);
  const [above, before] = [(side - rows) / 2, (side - columns) / 2];
  return above + before === 0 ? normalised : tf.pad(normalised, [[above, above], [before, before], [0, 0]], -1);
}

function tfjs(request: FramesRequest, take: (frame: Frame) => Promise<OffscreenCanvas | ImageBitmap | { data: Uint8Array; width: number; height: number }>, input: Float32Array): Way {
  return async (frame) => {
    const image = await take(frame);
    const tensor = tf.tidy(() => tfjsResize(request, tf.browser.fromPixels(image as OffscreenCanvas & HTMLCanvasElement)));
    input.set(tensor.dataSync());
    tensor.dispose();
  };
}

function tfjsCanvas(request: FramesRequest, input: Float32Array): Way {
  const context = contextOf(request.width, request.height);
  return tfjs(request, (frame) => {
    // A bitmap is what fromPixels takes itself.
    if ('copyTo' in frame) context.drawImage(frame, 0, 0);
    return Promise.resolve('copyTo' in frame ? context.canvas : frame);
  }, input);
}

function tfjsCopy(request: FramesRequest, input: Float32Array): Way {
  const { width, height } = request;
  const data = new Uint8Array(width * height * 4);
  return tfjs(request, async (frame) => {
    const copied = 'copyTo' in frame ? frame : new VideoFrame(frame, { timestamp: 0 });
    await copied.copyTo(data, { format: 'RGBA' });
    if (copied !== frame) copied.close();
    return { data, width, height };
  }, input);
}

function canvasWay({ width, height, side, fit }: FramesRequest, input: Float32Array): Way {
  const context = contextOf(side, side);
  const { scaleX, scaleY, offsetX, offsetY } = placementFor(fit, width, height, side, side);
  return (frame) => {
    context.drawImage(frame, offsetX, offsetY, width * scaleX, height * scaleY);
    const { data } = context.getImageData(0, 0, side, side);
    for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
      input[to] = ((data[from] as number) - 127.5) / 127.5;
      input[to + 1] = ((data[from + 1] as number) - 127.5) / 127.5;
      input[to + 2] = ((data[from + 2] as number) - 127.5) / 127.5;
    }
  };
}

/** Beyond this a way computes something else, and its time says nothing. Resamplers differ at edges and in rounding. */
const greatestDifference = 2;

async function compareTensors(ways: Readonly<Record<FrameContestant, { readonly way: Way; readonly input: Float32Array }>>, frame: Frame): Promise<Record<FrameContestant, number>> {
  for (const name of frameContestants) await ways[name].way(frame);
  frame.close();
  const yardstick = ways.bilinear.input;
  const differences = frameContestants.map((name) => {
    const { input } = ways[name];
    const difference = (yardstick.reduce((sum, value, index) => sum + Math.abs(value - (input[index] ?? Number.NaN)), 0) / yardstick.length) * 127.5;
    if (!(difference <= greatestDifference)) throw new Error(`${name} differs by ${difference.toFixed(2)} of 255 on average.`);
    return [name, difference];
  });
  return Object.fromEntries(differences) as Record<FrameContestant, number>;
}

async function measure(request: FramesRequest): Promise<FrameTimes> {
  const { kind, width, height, side, rounds, frames } = request;
  const newInput = () => new Float32Array(side * side * 3);
  const make = (create: (input: Float32Array) => Way) => {
    const input = newInput();
    return { input, way: create(input) };
  };
  const ways: Record<FrameContestant, { readonly way: Way; readonly input: Float32Array }> = {
    bilinear: make((input) => ours(request, 'bilinear', input)),
    area: make((input) => ours(request, 'area', input)),
    'tfjs-canvas': make((input) => tfjsCanvas(request, input)),
    'tfjs-copy': make((input) => tfjsCopy(request, input)),
    canvas: make((input) => canvasWay(request, input)),
  };
  const nextFrame = await frameMaker(kind, width, height, 8);
  const differences = await compareTensors(ways, await nextFrame());
  const times: Record<FrameContestant, number[][]> = { bilinear: [], area: [], 'tfjs-canvas': [], 'tfjs-copy': [], canvas: [] };
  // One round before the others is not kept: it lets the code be compiled.
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 === 0 ? frameContestants : [...frameContestants].reverse();
    for (const name of order) {
      const samples: number[] = [];
      for (let taken = 0; taken < frames; taken++) {
        const frame = await nextFrame();
        const started = performance.now();
        await ways[name].way(frame);
        samples.push(performance.now() - started);
        frame.close();
      }
      if (round >= 0) times[name].push(samples);
    }
  }
  return { ...request, times, differences, tfjs: tf.env().getBool('WASM_HAS_MULTITHREAD_SUPPORT') ? 'threaded SIMD' : 'SIMD' };
}

async function startTfjs(): Promise<void> {
  setWasmPaths({ 'tfjs-backend-wasm.wasm': plainFile, 'tfjs-backend-wasm-simd.wasm': simdFile, 'tfjs-backend-wasm-threaded-simd.wasm': threadedFile });
  // One thread for all, as ours has: the model needs the others.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!await tf.setBackend('wasm')) throw new Error('tfjs-backend-wasm did not start.');
}

const started = startTfjs();

self.onmessage = ({ data }: MessageEvent<FramesRequest>) => {
  started.then(() => measure(data)).then((times) => { self.postMessage(times); }, (error: unknown) => { self.postMessage(String(error)); });
};
