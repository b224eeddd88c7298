/** `npm run check`: types and lint. Every check runs, so that one run shows all there is to mend. */
import { heading, runMain } from './lib/console.mjs';
import { requireInstalled } from './lib/install.mjs';
import { runTool } from './lib/processes.mjs';

/** @typedef {{ name: string, tool: readonly [string, string?], parameters: readonly string[] }} Check */

/** @param {string} project @returns {Check} */
const typeCheck = (project) => ({ name: `tsc ${project}`, tool: ['typescript', 'tsc'], parameters: ['-p', project] });

/** The slow ones first: two at a time then end together. @type {Check[]} */
const checks = [
  { name: 'eslint', tool: ['eslint'], parameters: ['.', '--max-warnings', '0'] },
  { name: 'svelte-check', tool: ['svelte-check'], parameters: ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'] },
  { name: 'rooms and their order', tool: ['dependency-cruiser', 'depcruise'], parameters: ['--config', '.dependency-cruiser.mjs', 'src', 'cli'] },
  typeCheck('tsconfig.node.json'),
  typeCheck('tsconfig.worker.json'),
  typeCheck('tsconfig.pure.json'),
];
const atOnce = 2;

await runMain(async () => {
  requireInstalled();
  const waiting = [...checks];
  /** @type {string[]} */
  const failed = [];
  const environment = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const { code, output } = await runTool(check.tool, check.parameters, { capture: true, environment });
      console.log(`${code === 0 ? '✓' : '✗'} ${check.name}`);
      if (code === 0) continue;
      failed.push(check.name);
      console.log(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failed.length > 0) heading(`Failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
});
