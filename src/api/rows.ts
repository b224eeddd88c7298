import type { RowSubject } from '../studies/bench/page/row';
import type { RequestedConfiguration } from '../engine/configuration/shared/configuration';
import { inputsOf, sourcesFor } from './inputs';
import type { BenchmarkOptions, Inputs, InputsOfModels, OpenModel } from './types';

/** One model in one configuration, as it is to be measured. */
export interface AskedRow {
  readonly model: OpenModel;
  readonly requested: RequestedConfiguration;
  /** This row's own, in place of those of all. */
  readonly inputs?: Inputs | undefined;
  readonly slowedBy?: number | undefined;
}

/** What is left out of a configuration is `auto`; what only tells how something ran is nothing to ask for. */
export function complete({ runtime = 'auto', accelerator = 'auto', threads = 'auto' }: Partial<RequestedConfiguration>): RequestedConfiguration {
  return { runtime, accelerator, threads };
}

/** What the rows of a report are made of. A row whose inputs do not fit its model fails alone. */
export function rowSubjects(rows: readonly AskedRow[], given: InputsOfModels, options: BenchmarkOptions): readonly RowSubject[] {
  const models = rows.map(({ model }) => model);
  return rows.map(({ model, requested, inputs, slowedBy = 0 }) => ({
    name: [model.name, requested.runtime, requested.accelerator, `${requested.threads} threads`].join(' · '),
    identity: { name: model.name, sha256: model.sha256, bytes: model.bytes, ...(model.url === undefined ? {} : { url: model.url }) },
    model,
    requested,
    inputs: () => sourcesFor(model, inputs ?? inputsOf(model, given, models, options), options),
    slowedBy,
  }));
}
