import { LitescopeError } from '../../errors';
import { onLaunchedFiles, takeSharedFiles } from '../../offline/page/arrived-files';
import { sharedParameter } from '../../offline/shared/kept';
import type { Shared } from '../context';
import { takeFiles } from '../files/take-files';
import { offline as text } from '../../messages/offline';

/** Takes the files that the system opens with the page. */
export function takeLaunches(shared: Shared): void {
  onLaunchedFiles((files) => { void takeArrived(shared, files); });
}

/** Takes the files that another application shared, where the page's address says that there are some. */
export async function takeShared(shared: Shared, parameters: URLSearchParams): Promise<void> {
  if (!parameters.has(sharedParameter)) return;
  // A reload finds them no more.
  const address = new URL(location.href);
  address.searchParams.delete(sharedParameter);
  history.replaceState(history.state, '', address);
  await takeArrived(shared, takeSharedFiles());
}

async function takeArrived(shared: Shared, files: Promise<readonly File[]>): Promise<void> {
  try {
    const there = await files;
    if (there.length === 0) throw new LitescopeError('FILE_UNREADABLE', text.noneArrived);
    await takeFiles(shared, there);
  } catch (error) {
    shared.problems.add('open', text.sharedFile, LitescopeError.from(error, 'FILE_UNREADABLE'));
  }
}
