import { LitescopeError, type SerializedError } from '../../../errors';
import { summarizeAgreement } from '../../../vision/agreement/shared/summary';
import type { Agreement } from '../../../vision/agreement/shared/types';
import type { OutputTensor } from '../../../vision/shared/types';
import type { ComparedTask, OutputMeaning } from '../shared/protocol';
import { agreementOf, decodeToCompare } from '../../accuracy/worker/decode-to-compare';

/** Sums up, run by run, how a variant's results agree with the original's. */
export class TaskAgreement {
  readonly #agreements: Agreement[] = [];
  #decodeError: SerializedError | null = null;

  /** One run of each on the same inputs. */
  add({ decoder, labels, placement }: OutputMeaning, reference: readonly OutputTensor[], outputs: readonly OutputTensor[]): void {
    try {
      const [wanted, got] = [reference, outputs].map((each) => decodeToCompare(decoder, labels, { outputs: each, placement }));
      const agreement = wanted && got ? agreementOf(wanted, got) : null;
      if (agreement !== null) this.#agreements.push(agreement);
    } catch (error) {
      this.#decodeError ??= LitescopeError.from(error, 'UNSUPPORTED_DECODER').serialize();
    }
  }

  result(): ComparedTask {
    return { agreement: summarizeAgreement(this.#agreements), decodeError: this.#decodeError };
  }
}
