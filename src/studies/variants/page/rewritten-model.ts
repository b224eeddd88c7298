import type { SessionModel } from '../../../engine/session/page/session';
import type { CallOptions } from '../../../threads/shared/methods';
import type { Progress } from '../../progress';
import { withMaker } from './variant-worker';

/**
 * A model as one pass makes it, without a proof; null where the pass changes nothing.
 * @throws LitescopeError what the rewriting throws; CANCELLED
 */
export async function rewrittenModel({ blob }: SessionModel, pass: string, options: CallOptions<Progress>): Promise<SessionModel | null> {
  const { file, summary, changed } = await withMaker((maker) => maker.rewrite({ model: blob, rewriting: { passes: [pass] } }, options));
  return changed.length === 0 ? null : { blob: file, summary };
}
