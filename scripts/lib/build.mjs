/** Builds the app when `dist` is missing or older than what it is made from. Runs as a script, too. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { SetupError, heading, runMain } from './console.mjs';
import { requireInstalled } from './install.mjs';
import { root, runTool } from './processes.mjs';

/** What the build reads. */
const sources = ['index.html', 'src', 'public', 'models', 'scripts/vite', 'vite.config.ts', 'package-lock.json', 'tsconfig.base.json'];

/**
 * @param {string} path
 * @returns {number} time of the latest change in it; folders count, for they change when a file is deleted
 */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  const inside = status.isDirectory() ? readdirSync(path).filter((name) => !name.includes('.test.')) : [];
  return Math.max(status.mtimeMs, ...inside.map((name) => newestChange(join(path, name))));
}

/** True when `dist` holds what the present sources would give. */
export function isBuildFresh() {
  const page = join(root, 'dist', 'index.html');
  return existsSync(page) && sources.every((source) => newestChange(join(root, source)) <= statSync(page).mtimeMs);
}

/** What the command line is made from. */
const commandLineSources = ['cli', 'src', 'models/catalog.json', 'scripts/lib', 'scripts/vite/security.ts', 'package.json', 'tsconfig.base.json'];

/** Builds the command line unless its build is fresh. */
export async function ensureCommandLine() {
  const built = join(root, 'dist-cli', 'litescope.js');
  if (existsSync(built) && commandLineSources.every((source) => newestChange(join(root, source)) <= statSync(built).mtimeMs)) return;
  heading('Building the command line');
  const { code } = await runTool(['vite'], ['build', '--config', 'cli/vite.config.ts', '--logLevel', 'warn']);
  if (code !== 0) throw new SetupError('The build of the command line failed.', code);
}

/** Builds, whatever lies there. */
export async function build() {
  const { code } = await runTool(['vite'], ['build']);
  if (code !== 0) throw new SetupError('The build failed.', code);
}

/** Builds unless the build is fresh. */
export async function ensureBuild() {
  if (isBuildFresh()) return;
  heading('Building the app');
  await build();
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    requireInstalled();
    await ensureBuild();
    return 0;
  });
}
