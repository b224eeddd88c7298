/**
 * Writes README's table of browsers from the results of all three:
 * `npx vitest run --config e2e/browsers/vitest.config.ts --reporter=default --reporter=json --outputFile.json=RESULTS.json`,
 * then `node scripts/browser-table.mjs RESULTS.json`. `npm test` holds the table against its own results.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { markdown, tableOf, withTable } from './lib/browser-table.mjs';
import { SetupError, runMain } from './lib/console.mjs';
import { root } from './lib/processes.mjs';

await runMain(() => {
  const path = process.argv[2];
  if (path === undefined) throw new SetupError('Which results? node scripts/browser-table.mjs RESULTS.json');
  const table = tableOf(JSON.parse(readFileSync(path, 'utf8')));
  const whole = [...table.values()].every((row) => row.size === 3 && ![...row.values()].includes('failed'));
  if (!whole) throw new SetupError(`A browser is missing or failed:\n${markdown(table)}`);
  const readme = join(root, 'README.md');
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), table));
  console.log(markdown(table));
  return Promise.resolve(0);
});
