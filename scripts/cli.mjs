/** `npm run cli -- …`: builds what is missing or old, then runs the command line as the package ships it. */
import { ensureBuild, ensureCommandLine } from './lib/build.mjs';
import { runMain } from './lib/console.mjs';
import { requireInstalled } from './lib/install.mjs';

await runMain(async () => {
  requireInstalled();
  // Standard output belongs to the command.
  const log = console.log;
  console.log = console.error;
  await ensureBuild();
  await ensureCommandLine();
  console.log = log;
  await import(new URL('../dist-cli/litescope.js', import.meta.url).href);
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
});
