import { differenceHistogram, ErrorAccumulator } from '../../../quantize/metrics';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import { realValues } from '../../../tensor/values';
import type { OutputTensor } from '../../../vision/shared/types';
import type { OutputError } from '../shared/protocol';

interface Output {
  readonly accumulator: ErrorAccumulator;
  error: Omit<OutputError, 'metrics'>;
}

/** Sums up, output by output, how far a variant is from what it was made of. */
export class OutputErrors {
  readonly #outputs: Output[] = [];

  /**
   * One run of each on the same inputs. Outputs are matched by name, and by position where names do not tell.
   * @throws LitescopeError INTERNAL when they cannot be compared
   */
  add(reference: readonly OutputTensor[], outputs: readonly OutputTensor[]): void {
    if (reference.length !== outputs.length) throw new LitescopeError('INTERNAL', text.outputCount(outputs.length, reference.length));
    for (const [position, wanted] of reference.entries()) {
      const named = outputs.find(({ name }) => name === wanted.name);
      const got = named ?? outputs[position] as OutputTensor;
      const [wantedValues, gotValues] = [realValues(wanted), realValues(got)];
      if (wantedValues.length !== gotValues.length) throw new LitescopeError('INTERNAL', text.valueCount(wanted.name, gotValues.length, wantedValues.length));
      const constant = isConstant(gotValues) && !isConstant(wantedValues);
      const error = { name: wanted.name, histogram: differenceHistogram(wantedValues, gotValues), constant };
      const known = this.#outputs[position] ?? { accumulator: new ErrorAccumulator(), error };
      known.accumulator.add(wantedValues, gotValues);
      known.error = { ...error, constant: error.constant || known.error.constant };
      this.#outputs[position] = known;
    }
  }

  result(): readonly OutputError[] {
    return this.#outputs.map(({ accumulator, error }) => ({ ...error, metrics: accumulator.metrics() }));
  }
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false;
  return values.length > 1;
}
