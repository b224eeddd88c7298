/**
 * Installs the dependencies when they are missing or do not fit the lock file any more.
 * No dependencies itself: it is the first thing that runs in a fresh clone.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { SetupError, heading } from './console.mjs';
import { root, run } from './processes.mjs';

const modules = join(root, 'node_modules');
const stampPath = join(modules, '.litescope-installed.json');
/** npm writes it as the last step of an install. */
const installedLockPath = join(modules, '.package-lock.json');

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lock */

/** @typedef {{ platform: string, node: string, dependencies: string }} Stamp */

/**
 * Throws one plain line when this Node is too old for the tools.
 * @param {string} version as in `process.versions.node`
 */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
  if (!fits) throw new SetupError(`Litescope needs Node 20.19 or newer (22.13 or newer within 22; not 21 or 23); this is Node ${version}.`);
}

/**
 * @template T
 * @param {string} path
 * @returns {T | null} null when the file is missing or damaged
 */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** @returns {Stamp} */
function expectedStamp() {
  const hash = createHash('sha256');
  /** @type {Record<string, unknown> | null} */
  const manifest = readJson(join(root, 'package.json'));
  // Scripts and descriptions may change without a new install.
  hash.update(JSON.stringify([manifest?.['dependencies'], manifest?.['devDependencies'], manifest?.['overrides']]));
  const lockPath = join(root, 'package-lock.json');
  if (existsSync(lockPath)) hash.update(readFileSync(lockPath));
  return {
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node.split('.')[0] ?? '',
    dependencies: hash.digest('hex'),
  };
}

/**
 * True when somebody ran npm by hand and all that the lock file asks for lies there: such an install is
 * as good as ours, and replacing it would pull the files from under a running server.
 * @param {Stamp} expected
 * @param {Stamp | null} found
 */
function isInstalledByHand(expected, found) {
  if (found !== null && (found.platform !== expected.platform || found.node !== expected.node)) return false;
  /** @type {Lock | null} */
  const installed = readJson(installedLockPath);
  /** @type {Lock | null} */
  const wanted = readJson(join(root, 'package-lock.json'));
  if (installed?.packages === undefined || wanted?.packages === undefined) return false;
  const installedPackages = installed.packages;
  const complete = Object.entries(wanted.packages).every(([path, entry]) => path === '' || entry.optional === true
    || (installedPackages[path]?.version === entry.version && existsSync(join(root, path, 'package.json'))));
  // Native packages of another platform: the folder was copied or mounted from elsewhere.
  const native = Object.values(installedPackages).every((entry) =>
    (entry.os?.includes(process.platform) ?? true) && (entry.cpu?.includes(process.arch) ?? true));
  return complete && native;
}

/** True when everything is installed as the lock file says. */
export function isInstalled() {
  const expected = expectedStamp();
  /** @type {Stamp | null} */
  const found = readJson(stampPath);
  return JSON.stringify(found) === JSON.stringify(expected) || isInstalledByHand(expected, found);
}

/** For scripts that do not install by themselves: throws one plain line when something is missing. */
export function requireInstalled() {
  checkNode();
  if (isInstalled()) return;
  throw new SetupError(`The dependencies are ${existsSync(modules) ? 'incomplete or out of date' : 'not installed'}; install them with: npm ci`);
}

/** @param {readonly string[]} parameters */
async function npm(parameters) {
  // Under `npm start` this is the very npm that runs us, wherever it lies.
  const script = process.env['npm_execpath'] ?? '';
  const quiet = ['--no-audit', '--no-fund'];
  // No dependency needs its install script, so none has to be trusted.
  const all = [...parameters, '--ignore-scripts', ...quiet];
  if (basename(script) === 'npm-cli.js' && existsSync(script)) return (await run(process.execPath, [script, ...all])).code;
  if (process.platform === 'win32') return (await run('cmd.exe', ['/d', '/c', 'npm', ...all])).code;
  return (await run('npm', all)).code;
}

/**
 * Installs the dependencies unless they are complete.
 * @returns {Promise<boolean>} whether it had to install
 */
export async function ensureInstalled() {
  checkNode();
  if (isInstalled()) {
    // Found complete without our stamp: from now on reading the stamp is enough.
    if (!existsSync(stampPath) || JSON.stringify(readJson(stampPath)) !== JSON.stringify(expectedStamp())) writeStamp();
    return false;
  }
  heading('Installing dependencies (once)');
  rmSync(stampPath, { force: true });
  const hasLock = existsSync(join(root, 'package-lock.json'));
  let code = hasLock ? await npm(['ci']) : 1;
  if (code !== 0 && code < 128) {
    console.log(hasLock ? 'npm ci failed; trying npm install, which may choose other versions.' : 'There is no lock file; using npm install.');
    // The lock file is the maintainers' to change, not this script's.
    code = await npm(['install', '--no-save']);
  }
  if (code >= 128) throw new SetupError('The install was interrupted; the next start takes it up again.', code);
  if (code !== 0) throw new SetupError('The dependencies could not be installed; see what npm said above.', code);
  writeStamp();
  return true;
}

/** Written last, so that an install that was cut off leaves none. */
function writeStamp() {
  writeFileSync(stampPath, JSON.stringify(expectedStamp()));
}
