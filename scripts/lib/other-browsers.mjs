/** Firefox and WebKit, in which the tests open the page beside Chromium: where they are on this system, and what brings them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isExecutable, onPath } from './programs.mjs';

/**
 * @typedef {object} WebKitPrograms what WebKitGTK needs to be driven
 * @property {string} driver
 * @property {string} browser that comes with the library
 * @property {string} screen
 */

/** @returns {string | null} path of Firefox; null where there is none */
export function findFirefox() {
  return ['firefox-esr', 'firefox'].flatMap(onPath)[0] ?? null;
}

/** @returns {WebKitPrograms | null} null where a part is missing */
export function findWebKit() {
  const [driver, screen] = [onPath('WebKitWebDriver')[0], onPath('Xvfb')[0]];
  // Where Debian has libraries, one folder a processor.
  const libraries = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].filter((folder) => existsSync(folder));
  const browser = libraries.flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith('webkit2gtk-4.')).map((name) => join(folder, name, 'MiniBrowser'))).filter(isExecutable).at(-1);
  return driver === undefined || screen === undefined || browser === undefined ? null : { driver, browser, screen };
}

/** @returns {{ name: string, packages: string[] }[]} those that are not here, with Debian's packages that bring them */
export function missingBrowsers() {
  return [
    ...(findFirefox() === null ? [{ name: 'Firefox', packages: ['firefox-esr'] }] : []),
    ...(findWebKit() === null ? [{ name: 'WebKit', packages: ['webkit2gtk-driver', 'xvfb'] }] : []),
  ];
}
