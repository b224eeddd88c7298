import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { scaleDimension } from '../../../tensor/quantization';
import { tensorStatistics } from '../../../tensor/statistics';
import type { OutputTensor } from '../../../vision/shared/types';
import { copyOutputs } from '../../runtimes/worker/outputs';
import type { LoadedModel, RuntimeTensor } from '../../runtimes/worker/runtime';
import type { RunOutput } from '../shared/protocol';

/** Copies every output out of the runtime's memory, with its statistics. */
export function readOutputs(tensors: readonly RuntimeTensor[]): RunOutput[] {
  return withStatistics(copyOutputs(tensors));
}

export function withStatistics(outputs: readonly OutputTensor[]): RunOutput[] {
  return outputs.map((output) => ({ ...output, statistics: tensorStatistics(output) }));
}

/** Room for every step's outputs, the steps as the first dimension. */
export class StepOutputs {
  readonly #steps: number;
  #kept: OutputTensor[] = [];
  #read = 0;

  constructor(steps: number) {
    this.#steps = steps;
  }

  /** Copies the tensors of the next step. @throws LitescopeError OUTPUT_MISSHAPEN for one that has another shape than before, OUT_OF_MEMORY */
  add(tensors: readonly RuntimeTensor[]): void {
    if (this.#read === 0) this.#kept = tensors.map(({ name, dtype, shape, quantization, data }) => ({ name, dtype, quantization: alongSteps(quantization, shape), shape: [this.#steps, ...shape], data: memoryFor(data().byteLength * this.#steps) }));
    for (const [place, tensor] of tensors.entries()) {
      const { shape, data } = this.#kept[place] as OutputTensor;
      const bytes = tensor.data();
      if (bytes.byteLength * this.#steps !== data.byteLength) throw new LitescopeError('OUTPUT_MISSHAPEN', text.shapeContradicts(tensor.name, tensor.shape.join(', '), shape.slice(1).join(', ')));
      new Uint8Array(data).set(bytes, this.#read * bytes.byteLength);
    }
    this.#read++;
  }

  get tensors(): readonly OutputTensor[] {
    return this.#kept;
  }
}

/** Scales along a dimension, which is one further back behind the steps. */
function alongSteps(quantization: OutputTensor['quantization'], shape: readonly number[]): OutputTensor['quantization'] {
  return quantization === undefined || quantization.scale.length < 2 ? quantization : { ...quantization, dimension: scaleDimension(quantization, shape) + 1 };
}

function memoryFor(bytes: number): ArrayBuffer {
  try {
    return new ArrayBuffer(bytes);
  } catch (error) {
    throw LitescopeError.from(error, 'OUT_OF_MEMORY');
  }
}

/** No byte of one is that of another. */
const patterns = [0xa5, 0x5a, 0xc3];

/**
 * Runs once and makes sure that the outputs were written: a runtime can report success and leave whatever its
 * memory held. What the outputs will overwrite is filled with a pattern first; outputs that are all pattern
 * afterwards are run again over another pattern, because a result may look like the first one by chance.
 * @returns milliseconds of the first run, which is the one that a person waits for
 * @throws LitescopeError OUTPUT_NOT_WRITTEN, and what invoke throws
 */
export async function invokeWatched(model: LoadedModel): Promise<number> {
  const watch = new OutputWatch();
  const first_ms = await watch.invoke(model);
  while (!watch.over) await watch.invoke(model);
  return first_ms;
}

/**
 * The same for a model that keeps variables, of which a run that is repeated would be another step: what it did not write is
 * looked at again in the runs that follow.
 */
export class OutputWatch {
  #attempt = 0;

  /** Whether every output was seen to be written. */
  get over(): boolean {
    return this.#attempt === Infinity;
  }

  /** Runs once. @returns milliseconds around invoke alone @throws LitescopeError OUTPUT_NOT_WRITTEN for outputs that stayed as they were over every pattern */
  async invoke(model: LoadedModel): Promise<number> {
    const pattern = patterns[this.#attempt] as number;
    model.release();
    const watched = model.poisonOutputs(pattern);
    const started = performance.now();
    const pending = model.invoke();
    if (pending !== undefined) await pending;
    const elapsed_ms = performance.now() - started;
    const untouched = watched.find((output) => isAll(output.data(), pattern));
    this.#attempt = untouched === undefined ? Infinity : this.#attempt + 1;
    if (untouched !== undefined && this.#attempt === patterns.length) throw new LitescopeError('OUTPUT_NOT_WRITTEN', text.outputUntouched(untouched.name));
    return elapsed_ms;
  }
}

/**
 * Whether outputs can be what the model gives: a runtime that takes shapes from the file has none where the file has none.
 * @param expected by output name, as far as the file leaves it open and the op tells it
 * @throws LitescopeError OUTPUT_MISSHAPEN for a scalar in place of more, and a shape that is none
 */
export function assertShapes(outputs: readonly RuntimeTensor[], expected: ReadonlyMap<string, readonly number[]>): void {
  for (const { name, shape } of outputs) {
    if (shape.some((size) => size < 0)) throw new LitescopeError('OUTPUT_MISSHAPEN', text.shapeOpen(name, shape.join(', ')));
    const told = expected.get(name) ?? [];
    if (shape.length === 0 && told.length > 0) throw new LitescopeError('OUTPUT_MISSHAPEN', text.shapeContradicts(name, '', told.join(', ')));
  }
}

function isAll(bytes: Uint8Array, value: number): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte === value);
}
