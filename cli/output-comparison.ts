import { ErrorAccumulator } from '../src/quantize/metrics';
import type { ValueDType } from '../src/tensor/dtype';
import { realValues, type ValueTensor } from '../src/tensor/values';
import type { RanOutput } from './page-calls';

export interface OutputFigures {
  readonly name: string;
  readonly samples: number;
  readonly mse: number;
  readonly rmse: number;
  readonly max_abs: number;
  readonly mean_abs: number;
  readonly cosine: number;
  /** Null where nothing differs: there is no noise to compare the signal with. */
  readonly sqnr_db: number | null;
  /** In how many samples the largest value stands at the same place: for a classifier, the same class. */
  readonly agreeing: number;
}

interface Pair {
  readonly name: string;
  readonly errors: ErrorAccumulator;
  samples: number;
  agreeing: number;
}

export function tensorOf({ dtype, shape, quantization, base64 }: RanOutput): ValueTensor {
  const bytes = Buffer.from(base64, 'base64');
  const own = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(own).set(bytes);
  return { dtype: dtype as ValueDType, shape, data: own, quantization };
}

function placeOfLargest(values: ArrayLike<number>): number {
  let place = 0;
  for (let index = 1; index < values.length; index += 1) if ((values[index] ?? NaN) > (values[place] ?? NaN)) place = index;
  return place;
}

/** Sums up how far a variant's outputs are from a model's, over any number of runs. Values are compared as real numbers. */
export class OutputComparison {
  readonly #pairs = new Map<string, Pair>();

  /** Outputs belong together by name or, where converters renamed them, by place; those of other sizes do not. */
  add(reference: readonly RanOutput[], variant: readonly RanOutput[]): void {
    reference.forEach((output, index) => {
      const other = variant.find(({ name }) => name === output.name) ?? variant[index];
      if (other === undefined) return;
      const [wanted, got] = [realValues(tensorOf(output)), realValues(tensorOf(other))];
      if (wanted.length !== got.length) return;
      const pair = this.#pairs.get(output.name) ?? { name: output.name, errors: new ErrorAccumulator(), samples: 0, agreeing: 0 };
      pair.errors.add(wanted, got);
      pair.samples += 1;
      if (placeOfLargest(wanted) === placeOfLargest(got)) pair.agreeing += 1;
      this.#pairs.set(output.name, pair);
    });
  }

  figures(): OutputFigures[] {
    return [...this.#pairs.values()].map(({ name, errors, samples, agreeing }) => {
      const { mse, rmse, max_abs, mean_abs, cosine, sqnr_db } = errors.metrics();
      return { name, samples, mse, rmse, max_abs, mean_abs, cosine, sqnr_db: Number.isFinite(sqnr_db) ? sqnr_db : null, agreeing };
    });
  }
}
