/** Starting other programs. No dependencies: it is used before anything is installed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { SetupError } from './console.mjs';

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string>} [environment] added to this process's own
 * @property {boolean} [capture] collect what the program prints instead of passing it on
 * @property {number} [limit_minutes] after which it is told to stop
 */

/**
 * @typedef {object} RunResult
 * @property {number} code exit code; 128 + signal where a signal ended it or this process, as shells count
 * @property {NodeJS.Signals | null} stoppedBy
 * @property {boolean} late whether it was stopped at its limit
 * @property {string} output what it printed, when captured
 */

/**
 * Runs a program in the repository and waits for its end.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, parameters, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: root,
      env: { ...process.env, ...options.environment },
      stdio: options.capture === true ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    /** @param {string} chunk */
    const collect = (chunk) => { output += chunk; };
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);

    // A terminal sends Ctrl-C to the whole group; anyone else signals only this process. Either way this
    // process must outlive its child, or the child writes over the prompt.
    /** @type {NodeJS.Signals | null} */
    let received = null;
    const interrupt = () => {
      received = 'SIGINT';
      if (process.stdin.isTTY !== true) child.kill('SIGINT');
    };
    const terminate = () => {
      received = 'SIGTERM';
      child.kill('SIGTERM');
    };
    process.on('SIGINT', interrupt).on('SIGTERM', terminate);
    let late = false;
    const limit = options.limit_minutes === undefined ? undefined : setTimeout(() => {
      late = true;
      terminate();
    }, options.limit_minutes * 60_000);
    const release = () => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', terminate);
    };

    child.on('error', (error) => {
      release();
      reject(new SetupError(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      release();
      // Many programs, npm among them, end with 0 or 1 when they are told to stop.
      const stoppedBy = received ?? signal;
      resolve({ code: stoppedBy === null ? code ?? 1 : 128 + constants.signals[stoppedBy], stoppedBy, late, output });
    });
  });
}

/**
 * The script behind a command of an installed package. Started with this same Node it needs no shell and
 * no `.cmd` shim, which Windows would ask for.
 * @param {string} packageName
 * @param {string} [command] when the package has several
 */
export function toolPath(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName);
  /** @type {{ bin?: string | Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const script = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (script === undefined) throw new SetupError(`${packageName} has no command ${command}; install the dependencies again with: npm ci`);
  return join(folder, script);
}

/**
 * Runs a command of an installed package.
 * @param {readonly [packageName: string, command?: string]} tool
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 */
export function runTool(tool, parameters, options) {
  return run(process.execPath, [toolPath(...tool), ...parameters], options);
}
