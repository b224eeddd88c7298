import type { InputSources } from '../../../engine/session/shared/protocol';
import type { SessionHost } from '../../../engine/session/worker/session-host';
import { LitescopeError } from '../../../errors';
import { studies as text } from '../../../messages/studies';
import type { BenchmarkPlan } from '../../../report/benchmark';
import type { OpProfile } from '../../../report/op-profile';
import type { Call } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import { opFacts, profileOf } from './op-facts';
import { profileRuns } from './profile-runs';

export interface ProfileRequest {
  readonly inputs: InputSources;
  readonly plan: BenchmarkPlan;
}

/** What timing ops adds to a session. */
export function profileMethods(host: SessionHost) {
  return {
    /** Only for sessions that time ops. */
    async profile(request: ProfileRequest, { report, interrupted }: Call<Progress>): Promise<OpProfile> {
      const { session } = host;
      const { opClock, invoke, release } = session.model;
      // What warmed up before would be taken for runs of the profile.
      if (opClock === undefined || session.profiled === null || session.runs > 0) throw new LitescopeError('INTERNAL', text.profileNeedsFreshSession);
      report({ kind: 'prepare-inputs' });
      await session.fill(request.inputs);
      const first_ms = await session.invoke();
      const timed = await profileRuns(request.plan, opClock, { invoke, release, now: () => performance.now(), interrupted, onProgress: report }, first_ms);
      const { model, subgraph } = session.profiled;
      return profileOf(opFacts(model, subgraph), subgraph, opClock.method, timed);
    },
  };
}
