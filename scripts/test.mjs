/**
 * `npm test`: everything, from a fresh clone on. Stops at the first step that fails.
 * `npm test -- --only unit` (or several: `--only check,e2e`) runs some of the steps.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ensureBrowser } from './lib/browser.mjs';
import { faultsOf, markdown, readTable, tableOf } from './lib/browser-table.mjs';
import { build, ensureBuild, ensureCommandLine } from './lib/build.mjs';
import { SetupError, heading, runMain } from './lib/console.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run, runTool } from './lib/processes.mjs';
import { skippedBrowserTests, skippedUnitTests } from './lib/skipped.mjs';

/** Models and pictures for tests that are no part of the repository. */
const sharedFolder = join(root, '..', 'shared');
const results = mkdtempSync(join(tmpdir(), 'litescope-test-'));
const unitResults = join(results, 'unit.json');
const browserResults = join(results, 'e2e.json');
const otherResults = join(results, 'browsers.json');
const failedTests = join(results, 'failed.json');
/** Beside what the first run left, such as its pictures. */
const traces = join('test-results', 'traces');
const recordedFailures = 10;
/** @type {string[]} */
const skipped = [];
/** Several times what they take. A loop without an end holds up the test runner's own limits, so this one is kept from outside. */
const unitTests_minutes = 15;
const browsers_minutes = 10;

/**
 * In the order in which they run: what is cheap and tells most comes first.
 * @type {Record<string, { title: string, work: () => Promise<number> }>}
 */
const steps = {
  check: {
    title: 'Types and lint',
    work: async () => (await run(process.execPath, [join(root, 'scripts', 'check.mjs')])).code,
  },
  unit: {
    title: 'Unit tests',
    work: async () => {
      const { code, late } = await runTool(['vitest'], ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitResults}`], { limit_minutes: unitTests_minutes });
      if (late) console.log(`The unit tests were stopped after ${unitTests_minutes} minutes: the file behind the last one listed does not end.`);
      if (existsSync(unitResults)) skipped.push(...skippedUnitTests(unitResults));
      return code;
    },
  },
  build: {
    title: 'Build',
    work: async () => {
      await build();
      await ensureCommandLine();
      return 0;
    },
  },
  e2e: {
    title: 'End-to-end tests on the built app',
    work: async () => {
      const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: browserResults, PLAYWRIGHT_LAST_RUN_OUTPUT_FILE: failedTests };
      const { code } = await runTool(['@playwright/test', 'playwright'], ['test', '--reporter=list,json'], { environment });
      if (existsSync(browserResults)) skipped.push(...skippedBrowserTests(browserResults));
      if (code === 1) await recordFailures();
      return code;
    },
  },
  browsers: {
    title: 'The same checks in Chromium, Firefox and WebKit',
    work: async () => {
      await ensureBuild();
      const parameters = ['run', '--config', 'e2e/browsers/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${otherResults}`];
      const { code } = await runTool(['vitest'], parameters, { limit_minutes: browsers_minutes });
      if (existsSync(otherResults)) skipped.push(...skippedUnitTests(otherResults));
      return code === 0 ? checkTable() : code;
    },
  },
};

/** Holds README's table of browsers against what they did. */
function checkTable() {
  const found = tableOf(JSON.parse(readFileSync(otherResults, 'utf8')));
  const faults = faultsOf(readTable(readFileSync(join(root, 'README.md'), 'utf8')), found);
  if (faults.length === 0) return 0;
  console.log(`README's table of browsers is another one (write it with: node scripts/browser-table.mjs RESULTS.json):\n  ${faults.join('\n  ')}\n\n${markdown(found)}`);
  return 1;
}

/** Runs the browser tests that failed once more, to have a trace of each. They stay failed, whatever comes of it. */
async function recordFailures() {
  heading(`Recording the first ${recordedFailures} that failed; see them with: npx playwright show-trace ${traces}/…/trace.zip`);
  const environment = { PLAYWRIGHT_LAST_RUN_OUTPUT_FILE: failedTests };
  await runTool(['@playwright/test', 'playwright'], ['test', '--last-failed', '--trace=on', `--max-failures=${recordedFailures}`, `--output=${traces}`, '--reporter=list'], { environment });
}

/** @returns {string[]} names of the steps to run */
function chosenSteps() {
  const all = Object.keys(steps);
  const usage = `Use --only with one or several of ${all.join(', ')}, separated by commas.`;
  /** @type {string | undefined} */
  let only;
  try {
    only = parseArgs({ options: { only: { type: 'string' } } }).values.only;
  } catch {
    throw new SetupError(usage);
  }
  if (only === undefined) return all;
  const chosen = only.split(',');
  if (!chosen.every((name) => all.includes(name))) throw new SetupError(usage);
  return all.filter((name) => chosen.includes(name));
}

function reportSkipped() {
  const without = existsSync(sharedFolder) ? '' : ' (../shared with its models and pictures is not there)';
  if (skipped.length === 0 && without === '') return;
  heading(`Skipped tests: ${skipped.length}${without}`);
  for (const title of skipped) console.log(`  ${title}`);
}

await runMain(async () => {
  try {
    const chosen = chosenSteps();
    await ensureInstalled();
    if (chosen.includes('e2e') || chosen.includes('browsers')) {
      const browser = await ensureBrowser({ others: chosen.includes('browsers') });
      heading(`Browser: ${browser.version} (${browser.path})`);
      process.env['LITESCOPE_BROWSER'] = browser.path;
    }
    for (const name of chosen) {
      const step = steps[name];
      if (step === undefined) continue;
      heading(step.title);
      const code = await step.work();
      if (code === 0) continue;
      reportSkipped();
      heading(`Failed: ${step.title}`);
      return code;
    }
    reportSkipped();
    heading(`Passed: ${chosen.join(', ')}`);
    return 0;
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
});
