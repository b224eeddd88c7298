import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { kindOf, offlineFilesPath, type OfflineFile } from '../../src/offline/shared/kept.ts';

/** What lies in these folders too: the first is kept with the page, which shows it; nobody runs the others. */
const others = ['models/digit.bmp', 'models/NOTICE.md', 'runtimes/NOTICE.md'];

type BundledFile = { readonly type: 'asset'; readonly fileName: string; readonly source: string | Uint8Array } | { readonly type: 'chunk'; readonly fileName: string };

/** The files of a bundle that are kept when they are used. */
export function listOf(bundle: readonly BundledFile[]): readonly OfflineFile[] {
  return bundle.flatMap((file): OfflineFile[] => {
    if (file.type !== 'asset' || kindOf(file.fileName) === null || others.includes(file.fileName)) return [];
    return [{ path: file.fileName, bytes: Buffer.byteLength(file.source), revision: createHash('sha256').update(file.source).digest('hex').slice(0, 16) }];
  });
}

/** Writes the list, with what each file weighs, beside the page. */
export function offlineFiles(): Plugin {
  return {
    name: 'litescope:offline-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) { this.emitFile({ type: 'asset', fileName: offlineFilesPath, source: JSON.stringify(listOf(Object.values(bundle))) }); },
    },
  };
}
