/**
 * The browser for the end-to-end tests: the system's own where there is one, so that nothing has to be
 * downloaded. Playwright is asked only when it is installed.
 */
import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

import { SetupError, heading } from './console.mjs';
import { root, run } from './processes.mjs';

const advice = 'install Chrome or Chromium (or run: npx playwright install chromium), or set LITESCOPE_BROWSER to its path.';

/** Names on PATH, best first: stable before unstable, Chrome's own before its relatives. */
const commands = process.platform === 'win32'
  ? ['chrome.exe', 'chromium.exe', 'msedge.exe']
  : ['google-chrome-stable', 'google-chrome', 'chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];

/**
 * @typedef {object} Browser
 * @property {string} path
 * @property {string} version as the browser itself says it
 */

/** @returns {string[]} where installers put browsers that are not on PATH */
function usualPaths() {
  if (process.platform === 'darwin') {
    const applications = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')];
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      applications.map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)));
  }
  if (process.platform === 'win32') {
    const folders = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    return ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].flatMap((product) => folders.flatMap((folder) =>
      folder === undefined ? [] : [join(folder, product, 'Application', product.endsWith('Edge') ? 'msedge.exe' : 'chrome.exe')]));
  }
  return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium', '/opt/microsoft/msedge/msedge'];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string} command */
function onPath(command) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, command)).filter(isExecutable);
}

/**
 * Asks the browser for its version: Ubuntu has a `chromium-browser` that only says what else to install.
 * @param {string} path
 * @returns {Promise<string | null>} null when the program does not start
 */
async function versionOf(path) {
  if (process.platform === 'win32') {
    // Here `--version` opens a window; the folder beside the program carries the version as its name.
    const version = readdirSync(dirname(path)).find((name) => /^\d+(\.\d+){3}$/.test(name));
    return version ?? 'of unknown version';
  }
  const { code, output } = await run(path, ['--version'], { capture: true }).catch(() => ({ code: 1, output: '' }));
  const line = output.split('\n').find((text) => /\d+\.\d+/.test(text) && !text.includes(path));
  return code === 0 && line !== undefined ? line.trim() : null;
}

/** @returns {Promise<string[]>} Playwright's own browser, when it was downloaded */
async function downloaded() {
  try {
    const { chromium } = await import('playwright-core');
    return [chromium.executablePath()].filter((path) => path !== '' && existsSync(path));
  } catch {
    // Not installed yet, or no browser of its own for this system.
    return [];
  }
}

/** @returns {Promise<Browser | null>} the browser that LITESCOPE_BROWSER names, null when it names none */
async function named() {
  const name = process.env['LITESCOPE_BROWSER'] ?? '';
  if (name === '') return null;
  const path = /[\\/]/.test(name) ? resolve(root, name) : onPath(name)[0];
  if (path === undefined || !isExecutable(path)) throw new SetupError(`LITESCOPE_BROWSER names ${name}, which is no program here; ${advice}`);
  const version = await versionOf(path);
  if (version === null) throw new SetupError(`LITESCOPE_BROWSER names ${name}, which does not tell a version as a browser does; ${advice}`);
  return { path, version };
}

/**
 * The browser to work with: LITESCOPE_BROWSER, else one on this system, else Playwright's own.
 * @param {RegExp} [product] which its version must name; LITESCOPE_BROWSER is not asked then
 * @returns {Promise<Browser | null>} null when there is none
 */
export async function findBrowser(product) {
  const chosen = product === undefined ? await named() : null;
  if (chosen !== null) return chosen;
  const candidates = [...commands.flatMap(onPath), ...usualPaths().filter(isExecutable), ...await downloaded()];
  for (const path of candidates) {
    const version = await versionOf(path);
    if (version !== null && (product?.test(version) ?? true)) return { path, version };
  }
  return null;
}

/** True where tests may install packages of the system without asking: root on a Debian-like system. */
function canInstall() {
  return isRoot() && existsSync('/etc/debian_version') && onPath('apt-get').length > 0;
}

async function installChromium() {
  heading('Installing Chromium with apt-get (once)');
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-q'], { environment });
  // A stale list may still know the package.
  if (updated.code !== 0) console.log('apt-get update failed; trying with the lists that are here.');
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { environment });
}

/**
 * Like {@link findBrowser}, but installs Chromium where that needs nobody's leave, and otherwise throws
 * one line that says what to install.
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser() {
  const found = await findBrowser();
  if (found !== null) return found;
  if (canInstall()) {
    await installChromium();
    const installed = await findBrowser();
    if (installed !== null) return installed;
  }
  throw new SetupError(`There is no browser to test with; ${advice}`);
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** Whether the browser can start its sandbox: not as root, nor where a container withholds user namespaces. */
export function canSandbox() {
  if (process.platform !== 'linux') return true;
  if (isRoot() || existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return false;
  try {
    // Ubuntu from 23.10 on lets only programs with a profile of their own make user namespaces.
    return readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '0';
  } catch {
    return true;
  }
}
