import { LitescopeError, type SerializedError } from '../../errors';
import { summarizeAgreement, type AgreementSummary } from '../../vision/agreement/summary';
import type { Agreement } from '../../vision/agreement/types';
import type { Decoder, OutputTensor, Placement } from '../../vision/types';
import { agreementOf, decodeToCompare } from '../comparing/decode-to-compare';

/** What the outputs of a run mean. */
export interface OutputMeaning {
  readonly decoder: Decoder;
  readonly labels: readonly string[] | undefined;
  /** Where the picture lies in the input, which is the same for a model and its variant. */
  readonly placement: Placement | null;
}

/** How far a variant's results agree with the original's, in the terms of the task. */
export interface ComparedTask {
  /** Null where no run had a meaning, or none of a picture where results lie on one. */
  readonly agreement: AgreementSummary | null;
  /** Why some results could not be decoded. */
  readonly decodeError: SerializedError | null;
}

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
