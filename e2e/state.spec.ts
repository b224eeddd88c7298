/** What a model keeps from one run to the next: fed back by the page, or in variables of its own; step by step as over the whole sequence. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { RequestedConfiguration } from '../src/engine/configuration/shared/configuration';
import type { FedBack } from '../src/engine/session/shared/state';
import type { SerializedError } from '../src/errors';
import { interpret, type Variables } from '../src/rewrite/testing/interpreter';
import { type ValueDType } from '../src/tensor/dtype';
import { writeNpy } from '../src/tensor/npy';
import { realValues, viewOf } from '../src/tensor/values';
import { openModel } from '../src/tflite/format/verify/verify';
import { apiTest as test, expect, sharedModel } from './support/fixtures';
import { greatestDifference } from './support/engine';
import { features, recurrentModel, recurrentReference, stepsOfInput } from './support/recurrent';

interface Asked {
  /** Numbers for one input, in the tensor's own type, of one step or many. */
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype?: ValueDType;
  readonly input?: string;
  readonly sequence?: boolean;
  readonly reset?: boolean;
  readonly feedback?: readonly FedBack[] | 'auto';
}

interface Answer { readonly step: number; readonly steps: number | null; readonly values: readonly (readonly number[])[]; readonly runtime: string }

/** Opens a model in the page. @returns its id */
function opened(page: Page, bytes: Uint8Array): Promise<string> {
  return page.evaluate(async (file) => (await window.litescope.open(file)).id, new Uint8Array(bytes));
}

/** One run after the other: every output's numbers, of all steps of a sequence. */
async function runAll(page: Page, id: string, configuration: Partial<RequestedConfiguration>, runs: readonly Asked[]): Promise<(Answer | SerializedError)[]> {
  const asked = runs.map(({ values, shape, dtype = 'float32', ...rest }) => {
    const buffer = new ArrayBuffer(values.length * viewOf(dtype, new ArrayBuffer(0)).BYTES_PER_ELEMENT);
    const view = viewOf(dtype, buffer);
    for (const [index, value] of values.entries()) view[index] = value;
    return { ...rest, npy: writeNpy({ dtype, shape, data: buffer }) };
  });
  const answers = await page.evaluate(async ({ model, requested, all }) => {
    const list = [];
    for (const { npy, input, sequence, reset, feedback } of all) {
      const name = input ?? window.litescope.models().find((each) => each.id === model)?.summary.signatures[0]?.inputs[0]?.name ?? '';
      const file = new Blob([npy as Uint8Array<ArrayBuffer>]);
      try {
        const result = await window.litescope.run(model, requested, { [name]: sequence === true ? { kind: 'sequence', file } : { kind: 'file', format: 'npy', file } }, { reset, feedback, fallback: false });
        const outputs = (result.sequence?.outputs ?? result.outputs).map(({ dtype, shape, quantization, data }) => ({ dtype, shape, quantization, bytes: new Uint8Array(data) }));
        list.push({ outputs, step: result.step, steps: result.sequence?.steps ?? null, runtime: result.configuration.runtime });
      } catch (error) {
        if (error instanceof Error && 'serialize' in error) list.push((error as Error & { serialize(): SerializedError }).serialize());
        else throw error;
      }
    }
    return list;
  }, { model: id, requested: configuration, all: asked });
  return answers.map((answer) => ('outputs' in answer ? { ...answer, values: answer.outputs.map(({ bytes, ...tensor }) => [...realValues({ ...tensor, data: bytes.slice().buffer })]) } : answer));
}

/** The first output of runs that must all succeed. */
async function firstOutputs(page: Page, id: string, configuration: Partial<RequestedConfiguration>, runs: readonly Asked[]): Promise<number[][]> {
  return (await runAll(page, id, configuration, runs)).map((answer) => {
    if ('code' in answer) throw new Error(JSON.stringify(answer));
    return [...answer.values[0] ?? []];
  });
}

const steps = 12;
const inputs = stepsOfInput(steps);
const chunks = Array.from({ length: steps }, (_, step): Asked => ({ values: inputs.slice(step * features, (step + 1) * features), shape: [1, features], input: 'x', feedback: 'auto' }));
const whole: Asked = { values: inputs, shape: [steps, features], input: 'x', sequence: true, feedback: 'auto' };

for (const [state, runtimes] of [['edges', ['tfjs-tflite', 'litert', 'tfjs-kernels', 'compiled']], ['variable', ['tfjs-tflite', 'litert']]] as const) {
  for (const runtime of runtimes) {
    test(`a recurrent model whose state is ${state === 'edges' ? 'fed back' : 'a variable'} gives on ${runtime} step by step what the whole sequence gives, begins anew, and shares nothing`, async ({ page }) => {
      const expected = recurrentReference(inputs);
      const [id, other] = [await opened(page, recurrentModel(state)), await opened(page, Buffer.concat([recurrentModel(state), Buffer.from('another file')]))];
      const configuration = { runtime, threads: 1 } as const;
      const single = await firstOutputs(page, id, configuration, chunks);
      expect(greatestDifference(single.flat(), expected)).toBeLessThan(1e-5);
      // The other model's state begins where its own does, while this one's goes on.
      expect(await firstOutputs(page, other, configuration, chunks.slice(0, 2))).toEqual(single.slice(0, 2));
      const [goesOn, anew, sequence, again] = await firstOutputs(page, id, configuration, [chunks[0] as Asked, { ...chunks[0] as Asked, reset: true }, whole, whole]);
      expect(goesOn).not.toEqual(single[0]);
      expect(anew).toEqual(single[0]);
      expect(sequence).toEqual(single.flat());
      expect(again).toEqual(sequence);
      const told = await runAll(page, id, configuration, [whole, { ...whole, reset: false }, chunks[0] as Asked]);
      expect(told).toMatchObject([{ step: steps, steps }, { step: 2 * steps, steps }, { step: 2 * steps + 1, steps: null }]);
    });
  }
}

test('samples that are compared do not see each other through variables', async ({ page }) => {
  const ids = [await opened(page, recurrentModel('edges')), await opened(page, recurrentModel('variable'))];
  const compared = await page.evaluate(async ({ models, samples }) => {
    // The first knows no state but the zeros that it is given.
    const given = samples.map((values) => ({ inputs: { x: { kind: 'values', values } as const, state_in: { kind: 'zeros' } as const } }));
    const { samples: rows } = await window.litescope.compare(models, { runtime: 'tfjs-tflite', threads: 1 }, given);
    return rows.map(({ models: [, kept] }) => (kept === null || kept === undefined || 'failed' in kept ? null : kept.error?.max_abs));
  }, { models: ids, samples: [0, 1, 2].map((step) => inputs.slice(step * features, (step + 1) * features)) });
  expect(compared).toEqual([0, 0, 0].map((none): unknown => expect.closeTo(none, 6)));
});

test('pairs of outputs and inputs are known by their names, and others are refused with both forms', async ({ page }) => {
  const id = await opened(page, recurrentModel('edges'));
  expect(await page.evaluate((model) => window.litescope.statePairs(model), id)).toEqual([{ output: 'state_out', input: 'state_in', because: 'names' }]);
  const [unfit, twice] = await runAll(page, id, {}, [
    { ...chunks[0] as Asked, feedback: [{ output: 'y', input: 'state_in' }] }, { ...chunks[0] as Asked, feedback: [{ output: 'state_out', input: 'state_in' }, { output: 'state_out', input: 'state_in' }] },
  ]);
  expect(unfit).toMatchObject({ code: 'STATE_MISMATCH', details: 'Output “y” is float32[1, 2], and input “state_in” takes float32[1, 4].' });
  expect(twice).toMatchObject({ code: 'STATE_MISMATCH', details: 'Input “state_in” is to get two outputs.' });
  // Runs that feed nothing back know of no state: the input keeps what it is given.
  const plain = { ...chunks[0] as Asked, feedback: [] };
  const [one, same] = await firstOutputs(page, id, { runtime: 'tfjs-tflite' }, [plain, plain]);
  expect(same).toEqual(one);
});

/** Something that comes, moves and goes, on 40 bands: a wake word's model hears some of it. */
function soundLike(frames: number): number[] {
  let seed = 32;
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const blobs = Array.from({ length: 10 }, () => ({ time: random() * frames, length: 3 + random() * 12, band: random() * 40, width: 1 + random() * 8, level: random() * 200, drift: (random() - 0.5) * 1.5 }));
  return Array.from({ length: frames * 40 }, (_, index) => {
    const [time, band] = [Math.floor(index / 40), index % 40];
    const level = blobs.reduce((sum, blob) => sum + blob.level * Math.exp(-(((time - blob.time) / blob.length) ** 2) - (((band - blob.band - blob.drift * (time - blob.time)) / blob.width) ** 2)), -128);
    return Math.max(-128, Math.min(127, Math.round(level)));
  });
}

test('okay_nabu_v2 hears chunk by chunk what double precision computes over the whole sequence, on both runtimes that have its ops', async ({ page }) => {
  const path = sharedModel('okay_nabu_v2.tflite');
  test.skip(path === null, 'okay_nabu_v2.tflite is not in ../shared/models');
  const bytes = new Uint8Array(readFileSync(path ?? ''));
  const model = openModel(bytes);
  const [frames, chunk] = [120, 3 * 40];
  const sound = soundLike(frames);
  const variables: Variables = new Map();
  const graph = model.subgraphs[0];
  const scale = graph?.tensors[graph.inputs[0] ?? -1]?.quantization?.scale[0] ?? NaN;
  const expected = Array.from({ length: frames / 3 }, (_, step) => {
    const found = interpret(model, [sound.slice(step * chunk, (step + 1) * chunk).map((level) => scale * (level + 128))], variables);
    return found.get(graph?.outputs[0] ?? -1)?.data[0] ?? NaN;
  });
  expect(Math.max(...expected)).toBeGreaterThan(0.15);
  const id = await opened(page, bytes);
  const asked: Asked = { values: sound, shape: [frames, 40], dtype: 'int8', sequence: true };
  const single = Array.from({ length: 5 }, (_, step): Asked => ({ values: sound.slice(step * chunk, (step + 1) * chunk), shape: [1, 3, 40], dtype: 'int8', ...(step === 0 ? { reset: true } : {}) }));
  for (const runtime of ['tfjs-tflite', 'litert'] as const) {
    const [sequence = [], again, ...chunked] = await firstOutputs(page, id, { runtime, threads: 1 }, [asked, asked, ...single]);
    // Steps of 1/256: integer kernels round where double precision does not.
    expect(greatestDifference(sequence, expected)).toBeLessThanOrEqual(3 / 256);
    expect(again).toEqual(sequence);
    expect(chunked.flat()).toEqual(sequence.slice(0, 5));
  }
});

test('the LSTM for digits keeps its state from run to run and begins anew, alike on both runtimes that have it', async ({ page }) => {
  const path = sharedModel('keras_lstm_mnist_ptq.tflite');
  test.skip(path === null, 'keras_lstm_mnist_ptq.tflite is not in ../shared/models');
  const id = await opened(page, new Uint8Array(readFileSync(path ?? '')));
  // No digit: of a clear one it is as sure the second time.
  const stroke: Asked = { values: Array.from({ length: 784 }, (_, index) => Math.round(127 + 120 * Math.sin(index / 5))), shape: [1, 28, 28], dtype: 'uint8' };
  const answers: number[][][] = [];
  for (const runtime of ['tfjs-tflite', 'tfjs-kernels'] as const) {
    const [first, second, anew] = await firstOutputs(page, id, { runtime, threads: 1 }, [stroke, stroke, { ...stroke, reset: true }]);
    expect(second).not.toEqual(first);
    expect(anew).toEqual(first);
    answers.push([first ?? [], second ?? []]);
  }
  const [one = [], other = []] = answers;
  // The integer kernel rounds within its gates, tfjs-kernels after each step; what the state does is several times as much.
  const made = greatestDifference(one[0] ?? [], one[1] ?? []);
  for (const run of [0, 1]) expect(greatestDifference(one[run] ?? [], other[run] ?? [])).toBeLessThan(made / 3);
});
