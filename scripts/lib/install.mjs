/**
 * Installs the dependencies when they are missing or do not fit the lock file any more.
 * No dependencies itself: it is the first thing that runs in a fresh clone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { SetupError, heading } from './console.mjs';
import { root, run } from './processes.mjs';

const lockPath = join(root, 'package-lock.json');
/** npm writes it as the last step of an install, so that one that was cut off has none. */
const installedLockPath = join(root, 'node_modules', '.package-lock.json');

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 */

/** @typedef {{ packages: Record<string, LockedPackage> }} Lock */

/**
 * Throws one plain line when this Node is too old for the tools.
 * @param {string} version as in `process.versions.node`
 */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const recent = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 24;
  if (!recent) throw new SetupError(`Litescope needs Node 20.19 or newer (22.13 or newer within 22; not 21 or 23); this is Node ${version}.`);
}

/**
 * Whether an install is what a lock file asks for.
 * @param {Lock} wanted
 * @param {Lock} installed as npm leaves it in `node_modules`
 * @param {{ platform: string, arch: string }} machine
 */
export function fits(wanted, installed, { platform, arch }) {
  const complete = Object.entries(wanted.packages).every(([path, { version, optional }]) =>
    path === '' || optional === true || installed.packages[path]?.version === version);
  // Native packages of another platform: the folder was copied or mounted from elsewhere.
  const native = Object.values(installed.packages).every(({ os, cpu }) => (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true));
  return complete && native;
}

/** @param {string} path @returns {Lock} */
function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function isInstalled() {
  return existsSync(installedLockPath) && fits(readLock(lockPath), readLock(installedLockPath), process);
}

/** For scripts that do not install by themselves: throws one plain line when something is missing. */
export function requireInstalled() {
  checkNode();
  if (!isInstalled()) throw new SetupError('The dependencies are missing or out of date; install them with: npm ci');
}

/** Installs the dependencies unless they are complete: files that a running server uses stay. */
export async function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  heading('Installing dependencies (once)');
  // No dependency needs its install script, so none has to be trusted.
  const { code } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code >= 128) throw new SetupError('The install was interrupted; the next start takes it up again.', code);
  if (code !== 0) throw new SetupError('The dependencies could not be installed; see what npm said above.', code);
}

/** @param {readonly string[]} parameters */
function npm(parameters) {
  // Under `npm start` this is the very npm that runs us, wherever it lies; other package managers name themselves there.
  const script = process.env['npm_execpath'] ?? '';
  if (basename(script) === 'npm-cli.js' && existsSync(script)) return run(process.execPath, [script, ...parameters]);
  return process.platform === 'win32' ? run('cmd.exe', ['/d', '/c', 'npm', ...parameters]) : run('npm', parameters);
}
