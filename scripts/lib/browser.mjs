/**
 * The browser for the end-to-end tests: the system's own where there is one, so that nothing has to be
 * downloaded. Playwright is asked only when it is installed.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { SetupError, heading } from './console.mjs';
import { missingBrowsers } from './other-browsers.mjs';
import { root, run } from './processes.mjs';
import { isExecutable, onPath } from './programs.mjs';

const advice = 'install Chrome or Chromium (or run: npx playwright install chromium), or set LITESCOPE_BROWSER to its path.';

/**
 * Chromium heeds the last list of features alone, so that this one repeats of Playwright's what pages notice. The last three
 * are pages of the browser's own, for suggestions under its address bar: each new window would load two of them, and take
 * for that about what the page itself takes.
 */
const unwantedFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding',
  'ThirdPartyStoragePartitioning', 'OptimizationHints', 'PreconnectToSearch', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup',
];

/** Keep a browser from work of its own, which would be measured with the page's. */
export const quietArguments = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic', `--disable-features=${unwantedFeatures.join(',')}`,
];

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

/**
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether apt-get has installed them all
 */
async function install(packages) {
  heading(`Installing ${packages.join(', ')} with apt-get (once)`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-q'], { environment });
  // A stale list may still know the packages.
  if (updated.code !== 0) console.log('apt-get update failed; trying with the lists that are here.');
  return (await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { environment })).code === 0;
}

/**
 * Like {@link findBrowser}, but installs what is missing where that needs nobody's leave, in one call; otherwise, or where
 * that fails, throws one line that says what to install. Without Firefox or WebKit their tests are skipped, and it is said how
 * to get them; only in CI, which is there to run them all, they must be here in the end.
 * @param {{ others: boolean }} wanted whether Firefox and WebKit are wanted too
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser({ others }) {
  let found = await findBrowser();
  const missing = () => (others ? missingBrowsers() : []);
  const packages = [...(found === null ? ['chromium'] : []), ...missing().flatMap((browser) => browser.packages)];
  if (packages.length > 0 && canInstall()) {
    const installed = await install(packages);
    // One name that this system does not know keeps all others away.
    if (!installed && found === null && packages.length > 1) await install(['chromium']);
    found ??= await findBrowser();
  }
  if (found === null) throw new SetupError(`There is no browser to test with; ${advice}`);
  for (const { name, packages: lacking } of missing()) {
    const line = `${name} is not here; on Debian, apt-get install ${lacking.join(' ')} brings it.`;
    if ((process.env['CI'] ?? '') !== '') throw new SetupError(line);
    console.log(`${line} Its tests are skipped.`);
  }
  return found;
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
