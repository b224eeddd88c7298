import { expect, it } from 'vitest';
import type { OfflineFile } from '../../src/offline/shared/kept';
import { listOf } from './offline-files';

const asset = (fileName: string, source: string) => ({ type: 'asset', fileName, source } as const);

it('lists runtimes and models with their size, by their content, and nothing that the page keeps with itself', () => {
  const files: readonly OfflineFile[] = listOf([
    asset('models/a.tflite', 'abc'), asset('models/b.tflite', 'abd'), asset('runtimes/x-1/x.mjs', 'abc'),
    asset('models/digit.bmp', 'BM'), asset('models/NOTICE.md', '#'), asset('assets/index.css', 'a{}'), { type: 'chunk', fileName: 'runtimes/no-asset.js' },
  ]);
  // SHA-256 of abc and abd, as sha256sum says too.
  expect(files).toEqual([
    { path: 'models/a.tflite', bytes: 3, revision: 'ba7816bf8f01cfea' },
    { path: 'models/b.tflite', bytes: 3, revision: 'a52d159f262b2c6d' },
    { path: 'runtimes/x-1/x.mjs', bytes: 3, revision: 'ba7816bf8f01cfea' },
  ]);
});
