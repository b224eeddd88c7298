import { encodeReals } from '../../../tensor/encode';
import { fillZeros } from '../../../tensor/fill';
import { affineQuantization, bytesPerElement, realValues, viewOf } from '../../../tensor/values';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import { assertFeedback, type FedBack } from '../shared/state';

interface Pair {
  readonly output: RuntimeTensor;
  readonly input: RuntimeTensor;
  /** What the latest run gave, as the input stores it; memory of its own, because runs use that of inputs and outputs as they like. */
  held: Uint8Array<ArrayBuffer> | null;
}

/** Gives outputs of a session's run to inputs of the next one, inside the worker. */
export class Feedback {
  readonly #pairs: readonly Pair[];

  /** @throws LitescopeError STATE_MISMATCH */
  constructor(feedback: readonly FedBack[], inputs: readonly RuntimeTensor[], outputs: readonly RuntimeTensor[]) {
    assertFeedback(feedback, inputs, outputs);
    const named = (tensors: readonly RuntimeTensor[], name: string): RuntimeTensor => tensors.find((tensor) => tensor.name === name) as RuntimeTensor;
    this.#pairs = feedback.map(({ output, input }) => ({ output: named(outputs, output), input: named(inputs, input), held: null }));
    // What nobody fills begins with nothing.
    for (const { input } of this.#pairs) fillZeros(viewOfTensor(input), input.dtype, input.quantization, input.shape);
  }

  /** Whether an input is fed. */
  isFed(input: string): boolean {
    return this.#pairs.some((pair) => pair.input.name === input);
  }

  /** Whether an input's values are there from the run before. */
  holds(input: string): boolean {
    return this.#pairs.some((pair) => pair.input.name === input && pair.held !== null);
  }

  /** Forgets what was held: the next run begins with what its inputs are filled with. */
  reset(): void {
    for (const pair of this.#pairs) pair.held = null;
  }

  /** Before a run: writes what is held into the inputs. */
  feed(): void {
    for (const { input, held } of this.#pairs) if (held !== null) input.data().set(held);
  }

  /** After a run: holds what the outputs are. @throws LitescopeError STATE_MISMATCH for an output that a run gave another shape */
  keep(): void {
    for (const pair of this.#pairs) {
      const { input, output } = pair;
      assertFeedback([{ output: output.name, input: input.name }], [input], [output]);
      const bytes = output.data();
      if (pair.held?.byteLength !== bytes.byteLength) pair.held = new Uint8Array(bytes.byteLength);
      pair.held.set(bytes);
      if (!isSameGrid(input, output)) regrid(pair.held, output, input);
    }
  }
}

/** A view taken afresh: the heap can grow. */
function viewOfTensor(tensor: RuntimeTensor) {
  const bytes = tensor.data();
  return viewOf(tensor.dtype, bytes.buffer, bytes.byteOffset, bytes.byteLength / bytesPerElement(tensor.dtype));
}

function isSameGrid({ dtype, quantization: one }: RuntimeTensor, { quantization: other }: RuntimeTensor): boolean {
  const [a, b] = [affineQuantization(dtype, one), affineQuantization(dtype, other)];
  return JSON.stringify([a?.scale, a?.zeroPoint]) === JSON.stringify([b?.scale, b?.zeroPoint]);
}

/** The same real numbers as another tensor stores them: converters give the two ends of a state scales of their own. */
function regrid(held: Uint8Array<ArrayBuffer>, { dtype, shape, quantization: from }: RuntimeTensor, { quantization: to }: RuntimeTensor): void {
  const reals = realValues({ dtype, shape, quantization: from, data: held.slice().buffer });
  encodeReals(viewOf(dtype, held.buffer), dtype, to, shape, (index) => reals[index] ?? NaN);
}
