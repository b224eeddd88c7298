import { VariantMaker } from './variant-maker';
import type { CallOptions } from '../../../threads/shared/methods';
import type { SessionModel } from '../../../engine/session/page/session';
import type { Progress } from '../../progress';

/**
 * A model as one pass makes it, without a proof; null where the pass changes nothing.
 * @throws LitescopeError what the rewriting throws; CANCELLED
 */
export async function rewrittenModel({ blob }: SessionModel, pass: string, options: CallOptions<Progress>): Promise<SessionModel | null> {
  const maker = new VariantMaker();
  try {
    const { file, summary, changed } = await maker.rewrite(blob, { passes: [pass] }, options);
    return changed.length === 0 ? null : { blob: file, summary };
  } finally {
    maker.close();
  }
}
