/** What the package ships: the built page and the command line. */
import { ensureBuild, ensureCommandLine } from './lib/build.mjs';
import { runMain } from './lib/console.mjs';

await runMain(async () => {
  await ensureBuild();
  await ensureCommandLine();
  return 0;
});
