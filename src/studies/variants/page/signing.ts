import type { SigningTimes } from '../../../report/findings';
import { defaultConfidence, fewestValues } from '../../../stats/bootstrap';
import { capabilities } from '../../../engine/builds/page/capabilities';
import type { InputSources } from '../../../engine/session/shared/protocol';
import type { Configuration } from '../../../engine/configuration/shared/configuration';
import type { OpenSessionOptions, SessionModel } from '../../../engine/session/page/session';
import { measureInTurn } from './in-turn';
import { rewrittenModel } from './rewritten-model';
import { sessions, type StudySession } from '../../session/page/sessions';
import type { Progress } from '../../progress';
import { studies as text } from '../../../messages/studies';

/** Many for an interval that tells small gains; of slow models as many as an interval takes. */
const mostRounds = 41;
const fewestRounds = fewestValues(defaultConfidence) + 3;
const enough_ms = 4000;
const warmUpRounds = 2;

/**
 * Times runs of a model with legacy 8-bit weights as it is and converted to signed ones, in turn on the same inputs.
 * @returns null where nothing would be converted
 * @throws LitescopeError as sessions and their runs; CANCELLED
 */
export async function timeSigning(model: SessionModel, configuration: Configuration, inputs: InputSources, options: OpenSessionOptions<Progress>): Promise<SigningTimes | null> {
  const quiet: OpenSessionOptions<Progress> = { ...options, onProgress: undefined };
  const signed = await rewrittenModel(model, 'uint8-to-int8', quiet);
  if (signed === null) return null;
  const available = await capabilities();
  const opened: StudySession[] = [];
  const open = async (each: SessionModel): Promise<() => Promise<number>> => {
    const session = await sessions.open(each, configuration, available, quiet);
    opened.push(session);
    return async () => (await session.run({ inputs }, quiet)).timings.invoke_ms;
  };
  try {
    const runUnsigned = await open(model);
    const runSigned = await open(signed);
    const begun = performance.now();
    const isEnough = (count: number): boolean => count >= fewestRounds && performance.now() - begun > enough_ms;
    const plan = { row: text.signingRuns, warmUp: warmUpRounds, rounds: mostRounds, isEnough };
    const { one: unsigned_ms, other: signed_ms } = await measureInTurn(runUnsigned, runSigned, plan, options);
    return { unsigned_ms, signed_ms };
  } finally {
    for (const session of opened) session.close();
  }
}
