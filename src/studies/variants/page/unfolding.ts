import { sessions } from '../../session/page/sessions';
import type { UnfoldingTimes } from '../../../report/findings';
import { defaultConfidence, fewestValues } from '../../../stats/bootstrap';
import { capabilities } from '../../../engine/builds/page/capabilities';
import type { Configuration } from '../../../engine/configuration/shared/configuration';
import type { OpenSessionOptions, SessionModel } from '../../../engine/session/page/session';
import { measureInTurn } from './in-turn';
import { rewrittenModel } from './rewritten-model';
import type { Progress } from '../../progress';
import { studies as text } from '../../../messages/studies';

/** A few more than an interval takes: loads differ a lot. */
const rounds = fewestValues(defaultConfidence) + 3;

/**
 * Times what it costs that a model's weights are half-precision: loads it as it is and with the same weights stored as
 * float32, in turn, each time in a worker of its own. The first load of each, in which code may still be compiled, is
 * not among the figures.
 * @returns null where nothing would be unfolded
 * @throws LitescopeError as a session that is opened; CANCELLED
 */
export async function timeUnfolding(model: SessionModel, configuration: Configuration, options: OpenSessionOptions<Progress>): Promise<UnfoldingTimes | null> {
  const quiet: OpenSessionOptions<Progress> = { ...options, onProgress: undefined };
  const floats = await rewrittenModel(model, 'unfold-float16', quiet);
  if (floats === null) return null;
  const available = await capabilities();
  const loadTime = async (loaded: SessionModel): Promise<number> => {
    const session = await sessions.open(loaded, configuration, available, quiet);
    session.close();
    return session.loaded.init_ms;
  };
  const plan = { row: text.unfoldingLoads, warmUp: 1, rounds };
  const { one: half_ms, other: float_ms } = await measureInTurn(() => loadTime(model), () => loadTime(floats), plan, options);
  return { half_ms, float_ms };
}
