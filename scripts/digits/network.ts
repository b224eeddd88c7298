/** The classifier and its training, with TensorFlow.js: seeded, so that the same script gives the same weights. */
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of all ops, which tfjs-core alone leaves out.
import '@tensorflow/tfjs-layers';
import { mulberry32 } from '../../src/stats/random';
import { type Digit, side } from './data';

/**
 * Two convolutions and a fully connected layer. Each is trained as a product of matrices, its patches laid out as rows, for
 * which TensorFlow.js has fast kernels with gradients in WebAssembly; its convolutions' gradients are many times slower.
 */
export const architecture = {
  /** 3 × 3 in steps of 2, padded by one row and one column behind (SAME). */
  first: { kernel: 3, inputs: 1, outputs: 16, size: side / 2 },
  /** 2 × 2 in steps of 2. */
  second: { kernel: 2, inputs: 16, outputs: 32, size: side / 4 },
  classes: 10,
} as const;

/** Weights of one layer, inputs by outputs; the inputs of a convolution run over rows, columns and channels of its kernel. */
export interface Layer {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface Trained {
  readonly first: Layer;
  readonly second: Layer;
  readonly scores: Layer;
}

export interface TrainingPlan {
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
}

interface Variables {
  readonly weights: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable;
}

/**
 * Trains on digits whose pixels are scaled to 0…1, by Adam with a rate that falls as a cosine, each digit moved by up to two
 * pixels every time.
 * @param onEpoch told the mean loss of each epoch
 */
export function train(digits: readonly Digit[], { epochs, batch, learningRate, seed }: TrainingPlan, onEpoch: (epoch: number, loss: number) => void): Trained {
  const random = mulberry32(seed);
  const { first, second, classes } = architecture;
  const layers = {
    first: initialise(first.kernel ** 2 * first.inputs, first.outputs, random),
    second: initialise(second.kernel ** 2 * second.inputs, second.outputs, random),
    scores: initialise(second.size ** 2 * second.outputs, classes, random),
  };
  const adam = tf.train.adam(learningRate);
  const order = digits.map((_, index) => index);
  const steps = Math.floor(digits.length / batch);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    Object.assign(adam, { learningRate: learningRate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs)) });
    let sum = 0;
    for (let step = 0; step < steps; step++) {
      const chosen = order.slice(step * batch, (step + 1) * batch).flatMap((index) => digits[index] ?? []);
      const patches = firstPatches(chosen.map((digit) => moved(digit, random)));
      sum += tf.tidy(() => {
        const rows = tf.tensor2d(patches, [batch * first.size ** 2, first.kernel ** 2]);
        const wanted = tf.oneHot(tf.tensor1d(chosen.map(({ label }) => label), 'int32'), classes);
        const loss = adam.minimize(() => tf.losses.softmaxCrossEntropy(wanted, logits(rows, layers, batch)), true);
        return loss?.dataSync()[0] ?? NaN;
      });
    }
    onEpoch(epoch + 1, sum / steps);
  }
  const layer = ({ weights, bias }: Variables): Layer => ({ weights: Float32Array.from(weights.dataSync()), bias: Float32Array.from(bias.dataSync()) });
  return { first: layer(layers.first), second: layer(layers.second), scores: layer(layers.scores) };
}

function logits(rows: tf.Tensor2D, layers: Readonly<Record<keyof Trained, Variables>>, batch: number): tf.Tensor2D {
  const { second } = architecture;
  const dense = (input: tf.Tensor2D, { weights, bias }: Variables): tf.Tensor2D => tf.add(tf.matMul(input, weights), bias);
  const convolved = tf.relu(dense(rows, layers.first));
  // Patches of the second layer do not overlap, so that they are a rearrangement: no element is needed twice.
  const squares = tf.transpose(tf.reshape(convolved, [batch, second.size, 2, second.size, 2, second.inputs]), [0, 1, 3, 2, 4, 5]);
  const again = tf.relu(dense(tf.reshape(squares, [-1, second.kernel ** 2 * second.inputs]), layers.second));
  return dense(tf.reshape(again, [batch, -1]), layers.scores);
}

/** Row after row, what the first layer sees: 3 × 3 pixels for each place of its output, zeros beyond the picture. */
function firstPatches(pictures: readonly Float32Array[]): Float32Array {
  const { kernel, size } = architecture.first;
  const patches = new Float32Array(pictures.length * size * size * kernel * kernel);
  let at = 0;
  for (const picture of pictures) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        for (let tap = 0; tap < kernel * kernel; tap++) {
          const [y, x] = [2 * row + Math.floor(tap / kernel), 2 * column + (tap % kernel)];
          patches[at++] = y < side && x < side ? picture[y * side + x] ?? 0 : 0;
        }
      }
    }
  }
  return patches;
}

/** Normal numbers with the deviation of He and others (2015), which keeps sizes alike from layer to layer under ReLU. */
function initialise(inputs: number, outputs: number, random: () => number): Variables {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const weights = Float32Array.from({ length: inputs * outputs }, () => Math.sqrt(2 / inputs) * normal());
  return { weights: tf.variable(tf.tensor2d(weights, [inputs, outputs])), bias: tf.variable(tf.zeros([outputs])) };
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}

function moved({ pixels }: Digit, random: () => number): Float32Array {
  const [right, down] = [Math.floor(random() * 5) - 2, Math.floor(random() * 5) - 2];
  const values = new Float32Array(pixels.length);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [from, at] = [row - down, column - right];
      if (from >= 0 && from < side && at >= 0 && at < side) values[row * side + column] = (pixels[from * side + at] ?? 0) / 255;
    }
  }
  return values;
}
