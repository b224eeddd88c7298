import { LitescopeError } from '../../errors';
import { keep } from '../attempt';
import type { Shared } from '../context';

/** Measures the configurations of a report that a link brought. */
export function runSharedReport({ activity, problems, notices, litescope, runHistory, sharedReport, workbench }: Shared): Promise<void> {
  const [first] = sharedReport.models;
  if (first === undefined) return Promise.resolve();
  problems.clear('open', null);
  return activity.perform('benchmark', first.sha256.slice(0, 16), async (options) => {
    try {
      await sharedReport.run(litescope, (model) => { workbench.add(model); }, options);
      await keep(runHistory, sharedReport.here);
    } catch (error) {
      if (LitescopeError.from(error).code === 'CANCELLED') notices.say('Cancelled.');
      else problems.add('open', first.name, error);
    }
  });
}
