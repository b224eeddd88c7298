import type { OpProfile } from '../../../report/op-profile';
import type { BenchmarkPlan } from '../../../report/benchmark';
import type { AttemptOptions } from '../../../engine/session/page/sessions';
import type { Refusal } from '../../../engine/configuration/shared/refusal';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { ProducedConfiguration, RequestedConfiguration } from '../../../engine/configuration/shared/configuration';
import type { SessionModel } from '../../../engine/session/page/session';
import { sliceModel } from './slice-model';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';

/** Where an invoke's time goes, and what it was measured in. */
export interface ProfiledModel {
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
  readonly op_profile: OpProfile;
}

export interface ProfileModelOptions extends AttemptOptions<Progress> {
  /** `slicing` cuts the model even where the runtime can tell its ops apart. */
  readonly method?: 'slicing' | undefined;
}

/**
 * Times a model's ops in sessions of their own: by the runtime's own clock where it has one, else by cutting the model.
 * A cancel ends slicing early and keeps what is known.
 * @throws LitescopeError as `Sessions.attempt` does
 */
export async function profileModel(model: SessionModel, requested: RequestedConfiguration, request: { readonly inputs: InputSources; readonly plan: BenchmarkPlan }, options: ProfileModelOptions): Promise<ProfiledModel> {
  const use = (session: StudySession): Promise<OpProfile> => (session.loaded.timesOps ? session.remote.profile(request, options) : sliceModel(model, session, request, options));
  const { session, value, refusals } = await sessions.attempt(model, requested, use, { ...options, profiling: options.method !== 'slicing' });
  session.close();
  return { configuration: session.loaded.configuration, refusals, op_profile: value };
}
