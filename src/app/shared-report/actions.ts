import { LitescopeError } from '../../errors';
import { keep } from '../attempt';
import type { Shared } from '../context';

/** Measures the configurations of a report that a link brought. */
export function runSharedReport(shared: Shared): Promise<void> {
  const { activity, problems, litescope, runHistory, sharedReport, workbench } = shared;
  const [first] = sharedReport.models;
  if (first === undefined) return Promise.resolve();
  return activity.perform('benchmark', first.sha256.slice(0, 16), async (options) => {
    problems.clear('report', null);
    try {
      await sharedReport.run(litescope, (model) => { workbench.add(model); }, options);
      await keep(runHistory, sharedReport.here);
    } catch (error) {
      if (LitescopeError.from(error).code === 'CANCELLED') problems.noteCancelled('report', null);
      else problems.add('report', first.name, error, null, { retry: () => { void runSharedReport(shared); } });
    }
  });
}
