import { LitescopeError } from '../../../errors';
import { engine as text } from '../../../messages/engine';
import { isValueDType, type DType } from '../../../tensor/dtype';
import type { SignatureSummary } from '../../../tflite/analysis/summary';

/** An output whose values an input gets in the next run. */
export interface FedBack {
  readonly output: string;
  readonly input: string;
}

/** Whether what a model gives depends on the runs before: by variables of its own, or by what is fed back. */
export function remembers(signature: Pick<SignatureSummary, 'variables'> | undefined, feedback: readonly FedBack[] = []): boolean {
  return signature?.variables !== undefined || feedback.length > 0;
}

type Tensor = { readonly name: string; readonly dtype: DType; readonly shape: readonly number[] };

/**
 * Whether outputs can be fed back to inputs as asked. A free dimension fits any; the session's own shapes are looked at again.
 * @throws LitescopeError STATE_MISMATCH for tensors that the signature has not, of another shape or type, and for an input that gets two
 */
export function assertFeedback(feedback: readonly FedBack[], inputs: readonly Tensor[], outputs: readonly Tensor[]): void {
  const wrong = (details: string): LitescopeError => new LitescopeError('STATE_MISMATCH', details);
  for (const [place, { output: from, input: to }] of feedback.entries()) {
    const [input, output] = [inputs.find(({ name }) => name === to), outputs.find(({ name }) => name === from)];
    if (input === undefined) throw wrong(text.noInputOf(to, inputs.map(({ name }) => name)));
    if (output === undefined) throw wrong(text.noOutputOf(from, outputs.map(({ name }) => name)));
    if (feedback.findIndex((other) => other.input === to) !== place) throw wrong(text.fedTwice(to));
    if (!isSameForm(input, output) || !isValueDType(input.dtype)) throw wrong(text.otherState(from, formOf(output), to, formOf(input)));
  }
}

function isSameForm(one: Tensor, other: Tensor): boolean {
  return one.dtype === other.dtype && one.shape.length === other.shape.length
    && one.shape.every((size, axis) => size === other.shape[axis] || size === -1 || other.shape[axis] === -1);
}

function formOf({ dtype, shape }: Tensor): string {
  return `${dtype}[${shape.join(', ')}]`;
}
