import { commandLine as text } from '../../src/messages/command-line';
import type { RequestedConfiguration } from '../../src/engine/configuration/shared/configuration';
import { describeReplay } from '../../src/wording/golden-text';
import { exitCodes } from '../errors';
import { existingFile, namedModel } from '../files';
import { ProgressDisplay, save, say, type OutputFlags } from '../output';
import { openModel, replay as replayInPage } from '../page-calls';
import { openStage, type StageOptions } from '../stage';
import { whileOpen } from '../while-open';

export interface ReplayFlags extends OutputFlags, StageOptions {
  readonly model?: string | undefined;
  readonly runtime?: RequestedConfiguration['runtime'] | undefined;
  readonly accelerator?: RequestedConfiguration['accelerator'] | undefined;
  readonly num_threads?: readonly number[] | undefined;
  readonly tolerance?: number | undefined;
}

/**
 * Replays a saved run and tells how its outputs compare.
 * @returns the exit code: not `ok` where an output differs by more than the tolerance; without one, where it differs at all on what it was saved with
 */
export async function replay(file: string, flags: ReplayFlags, pageFolder: string): Promise<number> {
  const path = existingFile(file);
  const named = flags.model === undefined ? null : namedModel(flags.model);
  const { runtime, accelerator, num_threads } = flags;
  const chosen = runtime !== undefined || accelerator !== undefined || num_threads !== undefined;
  const replayed = await whileOpen(openStage(pageFolder, flags), async (stage) => {
    const display = new ProgressDisplay();
    stage.onProgress = (progress) => { display.show(progress); };
    try {
      if (named !== null) await openModel(stage, named);
      return await replayInPage(stage, { url: stage.share(path), configuration: chosen ? { runtime: runtime ?? 'auto', accelerator: accelerator ?? 'auto', threads: num_threads?.[0] ?? 'auto' } : null });
    } finally {
      display.clear();
    }
  });
  say(`${text.replayed(replayed.model)}\n${describeReplay(replayed).join('\n')}`, flags);
  if (flags.json !== undefined) save(flags.json, `${JSON.stringify(replayed, null, 2)}\n`);
  const { tolerance } = flags;
  const fits = tolerance === undefined ? replayed.equal || !replayed.sameConfiguration : replayed.outputs.every(({ forms, relative }) => forms === null && relative <= tolerance);
  return fits ? exitCodes.ok : exitCodes.budget;
}
