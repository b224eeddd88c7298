/** Files that tests open: from ../shared where it exists, from packages, from the test itself. */
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';

const root = fileURLToPath(new URL('../..', import.meta.url));

function sharedFile(folder: string, name: string): string | null {
  const path = resolve(root, '..', 'shared', folder, name);
  return existsSync(path) ? path : null;
}

/** Path of a model in ../shared/models; null where that folder is not there (skip the test then). */
export function sharedModel(name: string): string | null {
  return sharedFile('models', name);
}

/** Path of a picture in ../shared/images; null where that folder is not there (skip the test then). */
export function sharedImage(name: string): string | null {
  return sharedFile('images', name);
}

/** Path of a photograph with faces that comes with a package. */
export function facePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return join(root, 'node_modules', '@vladmandic', 'face-api', 'demo', `sample${number}.jpg`);
}

/** Path of a model that a @mediapipe package ships. */
export function packagedModel(name: 'face_detection' | 'selfie_segmentation' | 'hands' | 'pose', file: string): string {
  return join(root, 'node_modules', '@mediapipe', name, file);
}

/** A file that a test makes up. */
export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface DropOptions {
  /** CSS selector of the element under the pointer. */
  readonly onto?: string;
}

/** Makes every address a new one, so that nothing is answered from a cache. */
let served = 0;

/** Where the server of the page looks for files that tests hand out (`serve.mjs`). */
export const servedFolder = join(root, 'test-results', '.served');

/**
 * Serves files under private addresses of the page's own origin: tens of megabytes would not fit well into the
 * arguments of an evaluated function.
 * @param _page that is to fetch them
 * @returns the addresses, in the files' order, and a way to stop serving them
 */
export function serveFiles(_page: Page, files: readonly (string | MadeFile)[]): Promise<{ addresses: string[]; stop(): void }> {
  const key = `${process.pid}-${++served}`;
  const names = files.map((file, index) => join(String(index), typeof file === 'string' ? basename(file) : file.name));
  files.forEach((file, index) => {
    const path = join(servedFolder, key, names[index] ?? '');
    mkdirSync(dirname(path), { recursive: true });
    if (typeof file === 'string') copyFileSync(file, path);
    else writeFileSync(path, file.bytes);
  });
  return Promise.resolve({
    addresses: names.map((name) => encodeURI(`/__fixture/${key}/${name}`)),
    stop() { rmSync(join(servedFolder, key), { recursive: true, force: true }); },
  });
}

/** Drops files onto the page as a pointer would: dragenter, dragover, then drop if the page accepted. */
export async function dropFiles(page: Page, files: readonly (string | MadeFile)[], options: DropOptions = {}): Promise<void> {
  const { addresses, stop } = await serveFiles(page, files);
  try {
    const transfer = await page.evaluateHandle(async (sources) => {
      const data = new DataTransfer();
      for (const address of sources) {
        const name = decodeURIComponent(address.split('/').at(-1) ?? '');
        const response = await fetch(address, { cache: 'no-store' });
        if (!response.ok) throw new Error(`The test's file ${name} could not be fetched: ${response.status}`);
        data.items.add(new File([await response.blob()], name));
      }
      return data;
    }, addresses);
    const target = page.locator(options.onto ?? 'body').first();
    await target.evaluate((element, data) => {
      const drag = (type: string) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return !element.dispatchEvent(new DragEvent(type, {
          bubbles: true, cancelable: true, composed: true, dataTransfer: data,
          clientX: left + width / 2, clientY: top + height / 2,
        }));
      };
      drag('dragenter');
      // A browser delivers a drop only where dragover was cancelled, and otherwise opens the file itself.
      if (!drag('dragover')) throw new Error('The page does not accept a drop here: dragover was not cancelled.');
      if (!drag('drop')) throw new Error('The page leaves the drop to the browser, which would open the file instead: drop was not cancelled.');
    }, transfer);
    await transfer.dispose();
  } finally {
    stop();
  }
}
