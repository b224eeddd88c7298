import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As `npm run cli` and the package have it. */
export const builtProgram = fileURLToPath(new URL('../../dist-cli/litescope.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said on standard error so far. */
  errors(): string;
}

/** Starts the command line in a process of its own, without a terminal, in English unless its parameters say otherwise. */
export function start(parameters: readonly string[], program = builtProgram): Running {
  const child = spawn(process.execPath, [program, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => { output += chunk; });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { errors += chunk; });
  return { child, errors: () => errors, ended: new Promise((done) => { child.on('close', (code) => { done({ code, output, errors }); }); }) };
}

export const litescope = (...parameters: string[]): Promise<Ended> => start(parameters).ended;
