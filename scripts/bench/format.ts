/**
 * Times the file format: how long it takes until a model's structure is there, checked, summarised and written again,
 * and how much heap that holds. `npx tsx scripts/bench/format.ts [--json] [--rounds 15]`.
 *
 * The contestants are the largest gallery model and a model of 500 MB that is generated here. Rounds are interleaved,
 * so that what else the machine does falls on all alike; figures are medians with the quartiles around them.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { addBuffer, addOperatorCode, addTensor, changeSubgraph, setOperators, type NewOperator } from '../../src/tflite/format/edit';
import { type Model, absent } from '../../src/tflite/format/model';
import { readModel } from '../../src/tflite/format/read/reader';
import { summarize } from '../../src/tflite/analysis/summarize';
import { verify } from '../../src/tflite/format/verify/verify';
import { writeModel, writeModelParts } from '../../src/tflite/format/write/writer';

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '15' } } });
const rounds = Math.max(3, Number(options.rounds));

// The only way to collect garbage on demand without a flag on the command line.
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The file of 125 fully connected layers of 1,024 × 1,024 float32 weights (500 MiB): each op has a bias, a name and an activation, as converters write them. */
function generateModel(): Uint8Array {
  const layers = 125;
  const width = 1024;
  let model: Model = {
    bytes: new Uint8Array(0), version: 3, description: 'generated for the benchmark', operatorCodes: [], buffers: [], metadata: [], signatures: [],
    externalBufferGroups: [], externalBuffers: [], legacyMetadata: absent,
    subgraphs: [{ index: 0, name: 'main', tensors: [], inputs: [0], outputs: [], operators: [], debugMetadata: -1 }],
  };
  model = addOperatorCode(model, { name: 'FULLY_CONNECTED', custom: false, builtinCode: 9, version: 1 }).whole;
  const [empty] = model.subgraphs;
  if (empty === undefined) throw new Error('the model has a subgraph');
  let graph = addTensor(empty, { name: 'input', shape: [1, width] }).whole;
  const operators: NewOperator[] = [];
  let activation = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    const weights = new Float32Array(width * width).fill(layer / layers);
    const data = addBuffer(model, new Uint8Array(weights.buffer));
    const bias = addBuffer(data.whole, new Uint8Array(4 * width));
    model = bias.whole;
    const matrix = addTensor(graph, { name: `layer_${layer}/weights`, shape: [width, width], buffer: data.index });
    const offset = addTensor(matrix.whole, { name: `layer_${layer}/bias`, shape: [width], buffer: bias.index });
    const output = addTensor(offset.whole, { name: `layer_${layer}/output`, shape: [1, width] });
    graph = output.whole;
    operators.push({
      opcodeIndex: 0, inputs: [activation, matrix.index, offset.index], outputs: [output.index],
      options: { table: 'FullyConnectedOptions', values: { fused_activation_function: 'RELU', weights_format: 'DEFAULT', keep_num_dims: false, asymmetric_quantize_inputs: false, quantized_bias_type: 'float32' } },
    });
    activation = output.index;
  }
  const last = activation;
  return writeModel(changeSubgraph(model, 0, () => ({ ...setOperators(model, graph, operators), outputs: [last] })));
}

function largestGalleryModel(): { readonly name: string; readonly bytes: Uint8Array } {
  const root = new URL('../../node_modules/@mediapipe/', import.meta.url);
  const [largest] = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tflite'))
    .map((file) => ({ file, bytes: statSync(new URL(file, root)).size }))
    .sort((one, other) => other.bytes - one.bytes);
  if (largest === undefined) throw new Error('There is no gallery model; npm install brings them.');
  return { name: largest.file, bytes: new Uint8Array(readFileSync(new URL(largest.file, root))) };
}

interface Quartiles { readonly low: number; readonly median: number; readonly high: number }

function quartiles(samples: readonly number[]): Quartiles {
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

const steps = {
  'read, to structure': (bytes: Uint8Array): unknown => readModel(bytes),
  'read and verify': (bytes: Uint8Array): unknown => { const model = readModel(bytes); verify(model); return model; },
  'summarise, with costs': (_bytes: Uint8Array, model: Model): unknown => summarize(model),
  'write, in parts': (_bytes: Uint8Array, model: Model): unknown => writeModelParts(model),
  'write, one array': (_bytes: Uint8Array, model: Model): unknown => writeModel(model),
} as const;
type Step = keyof typeof steps;
const stepNames = Object.keys(steps) as Step[];

interface Row { readonly model: string; readonly bytes: number; readonly times: Readonly<Record<Step, Quartiles>>; readonly heapBytes: number }

/** Heap that a read model holds, without the file: garbage collected before and after. */
function heapOf(bytes: Uint8Array): number {
  collectGarbage();
  const before = process.memoryUsage();
  const model = readModel(bytes);
  collectGarbage();
  const after = process.memoryUsage();
  if (model.subgraphs.length === 0) throw new Error('the model has a subgraph');
  return after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
}

const contestants = [largestGalleryModel(), { name: 'generated', bytes: generateModel() }];
const samples = contestants.map(({ bytes }) => ({ bytes, model: readModel(bytes), times: new Map<Step, number[]>(stepNames.map((step) => [step, []])), heap: [] as number[] }));
for (let round = -2; round < rounds; round += 1) {
  for (const step of stepNames) {
    for (const { bytes, model, times } of samples) {
      collectGarbage();
      const started = performance.now();
      steps[step](bytes, model);
      const took = performance.now() - started;
      // The first rounds warm up.
      if (round >= 0) times.get(step)?.push(took);
    }
  }
  for (const { bytes, heap } of samples) if (round >= 0) heap.push(heapOf(bytes));
}

const rows = contestants.map(({ name, bytes }, index): Row => ({
  model: name,
  bytes: bytes.length,
  times: Object.fromEntries(stepNames.map((step) => [step, quartiles(samples[index]?.times.get(step) ?? [])])) as Record<Step, Quartiles>,
  heapBytes: quartiles(samples[index]?.heap ?? []).median,
}));

if (options.json) {
  console.log(JSON.stringify({ rounds, node: process.version, rows }, null, 2));
} else {
  console.log(`Median (quartiles) in ms of ${rounds} interleaved rounds, Node ${process.version}`);
  for (const { model, bytes, times, heapBytes } of rows) {
    console.log(`\n${model}, ${(bytes / 1e6).toFixed(1)} MB; heap held by its structure: ${(heapBytes / 1e6).toFixed(2)} MB`);
    for (const step of stepNames) {
      const { low, median, high } = times[step];
      console.log(`  ${step.padEnd(24)}${median.toFixed(1).padStart(8)}  (${low.toFixed(1)} to ${high.toFixed(1)})`);
    }
  }
}
