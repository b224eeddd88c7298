import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { tensorStatistics } from '../../../tensor/statistics';
import { copyOutputs } from '../../runtimes/worker/outputs';
import type { LoadedModel, RuntimeTensor } from '../../runtimes/worker/runtime';
import type { RunOutput } from '../shared/protocol';

/** Copies every output out of the runtime's memory, with its statistics. */
export function readOutputs(tensors: readonly RuntimeTensor[]): RunOutput[] {
  return copyOutputs(tensors).map((output) => ({ ...output, statistics: tensorStatistics(output) }));
}

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
    if (attempt === patterns.length - 1) throw new LitescopeError('OUTPUT_NOT_WRITTEN', text.outputUntouched(untouched.name));
  }
  return first_ms;
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
