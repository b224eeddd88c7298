/** Reads from the test runners' JSON results which tests were skipped. */
import { readFileSync } from 'node:fs';

/**
 * @typedef {object} UnitResults what Vitest writes
 * @property {{ assertionResults: { fullName: string, status: string }[] }[]} testResults
 */

/**
 * @typedef {object} Suite what Playwright writes
 * @property {string} title
 * @property {Suite[]} [suites]
 * @property {{ title: string, tests: { status: string, annotations: { type: string, description?: string }[] }[] }[]} [specs]
 */

/**
 * @param {string} path
 * @returns {string[]} titles of the unit tests that were skipped
 */
export function skippedUnitTests(path) {
  /** @type {UnitResults} */
  const results = JSON.parse(readFileSync(path, 'utf8'));
  return results.testResults.flatMap((file) => file.assertionResults)
    .filter((test) => ['skipped', 'pending', 'todo'].includes(test.status))
    .map((test) => test.fullName);
}

/**
 * @param {Suite} suite
 * @param {string[]} above titles of the suites around it
 * @returns {string[]}
 */
function skippedInSuite(suite, above) {
  const titles = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) => spec.tests.filter((test) => test.status === 'skipped').map((test) => {
    const reason = test.annotations.find((annotation) => annotation.type === 'skip')?.description;
    return [...titles, spec.title].join(' › ') + (reason === undefined ? '' : ` (${reason})`);
  }));
  return [...own, ...(suite.suites ?? []).flatMap((inner) => skippedInSuite(inner, titles))];
}

/**
 * @param {string} path
 * @returns {string[]} titles, with the reason where one was given, of the end-to-end tests that were skipped
 */
export function skippedBrowserTests(path) {
  /** @type {{ suites: Suite[] }} */
  const results = JSON.parse(readFileSync(path, 'utf8'));
  return results.suites.flatMap((suite) => skippedInSuite(suite, []));
}
