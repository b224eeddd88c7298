import { LitescopeError } from '../../errors';
import { isModelFile } from './file-kinds';

/** A file with its place in the folder that was chosen or dropped: `digits/7/0001.png`. */
export interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/** Whether a drop brings models: those belong to the page, wherever they fall. */
export function bringsModels({ files }: DataTransfer): boolean {
  return [...files].some(isModelFile);
}

/** Whether a file lies in a folder that was dropped or chosen. */
export const isInFolder = ({ path }: PlacedFile): boolean => path.includes('/');

/**
 * All files that were dropped, those in folders too, with their paths.
 * @param transfer of a drop; its entries must be taken before the event is over, which this does
 * @throws LitescopeError FILE_UNREADABLE
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly PlacedFile[]> {
  // Only a folder needs its entry: what was not dropped by a person's hand has none, or in WebKit one that cannot be read.
  const dropped = [...transfer.items].map((item) => {
    const entry = item.webkitGetAsEntry();
    return entry?.isFile === false ? entry : item.getAsFile();
  });
  try {
    return (await Promise.all(dropped.map((each) => {
      if (each === null) return [];
      return 'isFile' in each ? filesIn(each) : [{ path: each.name, file: each }];
    }))).flat();
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
