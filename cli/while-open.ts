import { commandLine as text } from '../src/messages/command-line';
import { exitCodes } from './errors';
import type { Stage } from './stage';

/**
 * Works with a stage and ends it whatever happens. A Ctrl-C, or a signal that asks for an end, ends browser and server
 * first and this process then.
 */
export async function whileOpen<T>(opening: Promise<Stage>, work: (stage: Stage) => Promise<T>): Promise<T> {
  let stopping = false;
  const stop = () => {
    // A second Ctrl-C means now: the browser goes with its pipe.
    if (stopping) process.exit(exitCodes.interrupted);
    stopping = true;
    process.stderr.write(`\n${text.stopping}\n`);
    void opening.then((stage) => stage.close(), () => undefined).finally(() => process.exit(exitCodes.interrupted));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    const stage = await opening;
    try {
      return await work(stage);
    } catch (error) {
      // What fails because the browser is being closed is no failure of its own.
      if (stopping) return await new Promise<never>(() => undefined);
      throw error;
    } finally {
      if (!stopping) await stage.close();
    }
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
