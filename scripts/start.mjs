/** `npm start`: the development server, after installing what is missing. Options go on to Vite. */
import { runMain } from './lib/console.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runTool } from './lib/processes.mjs';

await runMain(async () => {
  await ensureInstalled();
  const { code, stoppedBy } = await runTool(['vite'], process.argv.slice(2));
  // Ctrl-C is how one leaves a server, not a failure.
  return stoppedBy === 'SIGINT' || stoppedBy === 'SIGTERM' ? 0 : code;
});
