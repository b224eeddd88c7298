import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import type { SignatureSummary, SignatureTensor } from '../../../tflite/analysis/summary';
import type { RuntimeName } from '../../configuration/shared/configuration';

/**
 * Why a runtime is not to be given a model, by what it was measured to do with such ones; null where nothing is known.
 *
 * Measured on models that were made for it, each run three times on other inputs, against values by hand. tfjs-tflite
 * 0.0.1-alpha.10 and tfjs-kernels were right on all that they have the ops for. @litertjs/core 2.5.3 hands every output a
 * buffer of the size in the file, and its interpreter is to write there. It does not, and mostly reports success,
 *
 * - where an output is an input: the buffer keeps what the heap held. With no op between, too;
 * - where two outputs are one tensor: one of the buffers is left as it was;
 * - where an op sizes an output in a run (a RESHAPE, FILL, TILE, SLICE, RESIZE or TOPK_V2 to computed sizes, WHERE, UNIQUE, a loop
 *   that grows a tensor): the interpreter takes memory of its own. The first run gives garbage, the second one fails or hangs.
 *
 * Right are constants as outputs, an output that other ops read, IF and WHILE whose outputs keep their shape, and variables
 * read and assigned. Twelve steps of a recurrent network whose state is fed back were right on all four runtimes, those of one that keeps it
 * in a resource variable on the two that have the ops (`e2e/state.spec.ts`).
 */
export function unfitness(runtime: RuntimeName, { inputs, outputs }: SignatureSummary): LitescopeError | null {
  if (runtime !== 'litert') return null;
  const unfit = (reason: (runtime: string, names: readonly string[]) => string, found: readonly SignatureTensor[]): LitescopeError | null => (
    found.length === 0 ? null : new LitescopeError('RUNTIME_UNFIT', reason(runtime, found.map(({ name }) => name))));
  return unfit(text.inputIsOutput, outputs.filter(({ tensorIndex }) => inputs.some((input) => input.tensorIndex === tensorIndex)))
    ?? unfit(text.outputTwice, outputs.filter((output) => outputs.some((other) => other !== output && other.tensorIndex === output.tensorIndex)))
    ?? unfit(text.sizedInRuns, outputs.filter(({ sizedInRuns }) => sizedInRuns === true));
}
