import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { WebKitPrograms } from './webkit-driver';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(...names: readonly string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram) ?? null;
}

/** Null where there is none; then `apt-get install firefox-esr` gets one. */
export const findFirefox = (): string | null => onPath('firefox-esr', 'firefox');

/** Where Debian has libraries, one folder a processor. */
const libraries = (): readonly string[] => ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].filter((folder) => existsSync(folder));

/** Null where a part is missing; then `apt-get install webkit2gtk-driver xvfb` gets all. */
export function findWebKit(): WebKitPrograms | null {
  const driver = onPath('WebKitWebDriver');
  const screen = onPath('Xvfb');
  const browser = libraries().flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith('webkit2gtk-4.')).map((name) => join(folder, name, 'MiniBrowser'))).filter(isProgram).at(-1) ?? null;
  return driver === null || screen === null || browser === null ? null : { driver, screen, browser };
}
