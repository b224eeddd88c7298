/** Files that tests open: from ../shared where it exists, from packages, from the test itself. */
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { BrowserContext, Page } from '@playwright/test';

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

/** Makes the address of every dropped file a new one, so that drops never share a cached answer. */
let served = 0;

const fixturePath = '/__fixture/';

/** What each context serves, by path. */
const fixtures = new WeakMap<BrowserContext, Map<string, string | MadeFile>>();

/**
 * Lets pages and workers of a context fetch what tests give them. The route stays for the context's whole life, best
 * from before its first page: a worker whose script is requested while routes come and go may wait for it for ever.
 */
export async function routeFixtures(context: BrowserContext): Promise<Map<string, string | MadeFile>> {
  const known = fixtures.get(context);
  if (known !== undefined) return known;
  const files = new Map<string, string | MadeFile>();
  fixtures.set(context, files);
  // On the context, not the page: there a worker's requests are answered as well.
  await context.route((url) => url.pathname.startsWith(fixturePath), async (route) => {
    const file = files.get(decodeURIComponent(new URL(route.request().url()).pathname));
    if (file === undefined) return route.fulfill({ status: 404 });
    const contentType = 'application/octet-stream';
    if (typeof file === 'string') return route.fulfill({ path: file, contentType });
    return route.fulfill({ body: Buffer.from(file.bytes), contentType });
  });
  return files;
}

/**
 * Serves files under private addresses of the page's own origin: tens of megabytes would not fit well into the
 * arguments of an evaluated function.
 * @returns the addresses, in the files' order, and a way to stop serving them
 */
export async function serveFiles(page: Page, files: readonly (string | MadeFile)[]): Promise<{ addresses: string[]; stop(): void }> {
  const known = await routeFixtures(page.context());
  const paths = files.map((file) => {
    const path = `${fixturePath}${++served}/${typeof file === 'string' ? basename(file) : file.name}`;
    known.set(path, file);
    return path;
  });
  return { addresses: paths.map(encodeURI), stop() { for (const path of paths) known.delete(path); } };
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
