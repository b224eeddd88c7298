import { LitescopeError, type SerializedError } from '../../../errors';
import { tensorStatistics } from '../../../tensor/statistics';
import { conclude, readEvidence } from '../../../vision/decoders/worker';
import type { Decoded, Evidence, OutputTensor, Placement } from '../../../vision/shared/types';
import type { RunOutput, RunRequest } from '../shared/protocol';
import type { LoadedModel, RuntimeTensor } from '../../runtimes/worker/runtime';

/** Copies every output out of the runtime's memory, once, in the order given. */
export function copyOutputs(tensors: readonly RuntimeTensor[]): OutputTensor[] {
  return tensors.map((tensor) => {
    const { name, dtype, shape, quantization } = tensor;
    return { name, dtype, shape, quantization, data: copyOf(tensor.data()) };
  });
}

/**
 * Copies outputs of one run after the other into memory that it keeps: new memory for every frame of a stream costs more
 * than the copy. What it gives holds until the next run is read, and is not to be moved.
 */
export class OutputReader {
  readonly #tensors: readonly RuntimeTensor[];
  #kept: OutputTensor[] | null = null;

  constructor(tensors: readonly RuntimeTensor[]) {
    this.#tensors = tensors;
  }

  read(): readonly OutputTensor[] {
    if (this.#kept === null) return this.#kept = copyOutputs(this.#tensors);
    for (const [index, { data }] of this.#kept.entries()) new Uint8Array(data).set(this.#tensors[index]?.data() ?? []);
    return this.#kept;
  }
}

/** Copies every output out of the runtime's memory, with its statistics. */
export function readOutputs(tensors: readonly RuntimeTensor[]): RunOutput[] {
  return copyOutputs(tensors).map((output) => ({ ...output, statistics: tensorStatistics(output) }));
}

/** The memory of a threaded runtime is shared and cannot be moved to the page, nor can a slice of it. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/**
 * Decodes for the task at hand. Outputs that do not fit the task are no failure of the run: the reason comes back beside them.
 * @param decide takes the winners; a stream blends the evidence with that of earlier frames before
 */
export function decodeOutputs(outputs: readonly OutputTensor[], placement: Placement | null, request: Pick<RunRequest, 'decoder' | 'labels'>, decide: (evidence: Evidence) => Decoded = conclude): { decoded: Decoded | null; decodeError: SerializedError | null } {
  const { decoder, labels } = request;
  // Boxes and points need the picture that they lie on; classes do not.
  if (decoder === undefined || (placement === null && decoder.kind !== 'classification')) return { decoded: null, decodeError: null };
  try {
    return { decoded: decide(readEvidence(decoder, outputs, placement ?? noPlacement, labels)), decodeError: null };
  } catch (error) {
    return { decoded: null, decodeError: LitescopeError.from(error, 'UNSUPPORTED_DECODER').serialize() };
  }
}

const noPlacement: Placement = { sourceWidth: 1, sourceHeight: 1, targetWidth: 1, targetHeight: 1, scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 };

/**
 * Runs once and makes sure that the outputs were written: a runtime can report success and leave whatever its
 * memory held. What the outputs will overwrite is filled with a pattern first; outputs that are all pattern
 * afterwards are run again over another pattern, because a result may look like the first one by chance.
 * @returns milliseconds of the first run, which is the one that a person waits for
 * @throws LitescopeError OUTPUT_NOT_WRITTEN, and what invoke throws
 */
export async function invokeWatched(model: LoadedModel): Promise<number> {
  const patterns = [0xa5, 0x5a, 0xc3];
  let first_ms = 0;
  for (const [attempt, pattern] of patterns.entries()) {
    model.release();
    const watched = model.poisonOutputs(pattern);
    const started = performance.now();
    const pending = model.invoke();
    if (pending !== undefined) await pending;
    if (attempt === 0) first_ms = performance.now() - started;
    const untouched = watched.find((output) => isAll(output.data(), pattern));
    if (untouched === undefined) return first_ms;
    if (attempt === patterns.length - 1) throw new LitescopeError('OUTPUT_NOT_WRITTEN', `Output “${untouched.name}” still holds what was put there before the run.`);
  }
  return first_ms;
}

function isAll(bytes: Uint8Array, value: number): boolean {
  return bytes.length > 0 && bytes.every((byte) => byte === value);
}
