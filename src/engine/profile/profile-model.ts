import type { OpProfile } from '../../report/op-profile';
import type { BenchmarkPlan } from '../../report/benchmark';
import { attemptSession, type AttemptOptions, type Refusal } from '../attempt-session';
import type { InputSources, ProducedConfiguration, RequestedConfiguration } from '../protocol';
import type { SessionModel } from '../session';

/** Where an invoke's time goes, and what it was measured in. */
export interface ProfiledModel {
  readonly configuration: ProducedConfiguration;
  readonly refusals: readonly Refusal[];
  readonly op_profile: OpProfile;
}

/**
 * Times a model's ops in a session of its own, by the runtime's own profiler.
 * @throws LitescopeError as attemptSession does; INVALID_CONFIGURATION for a runtime that cannot tell its ops apart
 */
export async function profileModel(model: SessionModel, requested: RequestedConfiguration, request: { readonly inputs: InputSources; readonly plan: BenchmarkPlan }, options: AttemptOptions): Promise<ProfiledModel> {
  const { session, value, refusals } = await attemptSession(model, requested, (opened) => opened.profile(request, options), { ...options, profiling: true });
  session.close();
  return { configuration: session.loaded.configuration, refusals, op_profile: value };
}
