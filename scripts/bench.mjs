/** `npm run bench`: times our engine against bare loops and against @litertjs/core. Options go on to scripts/bench/main.ts. */
import { runMain } from './lib/console.mjs';
import { requireInstalled } from './lib/install.mjs';
import { run } from './lib/processes.mjs';

await runMain(async () => {
  requireInstalled();
  // As a loader inside Node rather than by its own command: no process between this one and the one that has to clean up.
  const { code } = await run(process.execPath, ['--import', 'tsx', 'scripts/bench/main.ts', ...process.argv.slice(2)]);
  return code;
});
