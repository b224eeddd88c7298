import { LitescopeError } from '../../errors';
import type { PlacedFile } from './sample-files';

/**
 * All files that were dropped, those in folders too, with their paths.
 * @param transfer of a drop; its entries must be taken before the event is over, which this does
 * @throws LitescopeError FILE_UNREADABLE
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly PlacedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  // What was not dropped by a person's hand has no entries.
  if (entries.length === 0) return [...transfer.files].map((file) => ({ path: file.name, file }));
  try {
    return (await Promise.all(entries.map((entry) => filesIn(entry)))).flat();
  } catch (error) {
    throw LitescopeError.from(error, 'FILE_UNREADABLE');
  }
}

async function filesIn(entry: FileSystemEntry): Promise<readonly PlacedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject); });
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: PlacedFile[] = [];
  // A reader gives a hundred entries at a time, and none when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return found;
    for (const each of some) found.push(...await filesIn(each));
  }
}
