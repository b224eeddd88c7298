/** What every end-to-end test starts from: `test` and `expect` of Playwright, and a page that must stay clean. */
import { test as base } from '@playwright/test';

import { routeFixtures } from './files';

export { expect } from '@playwright/test';
export { dropFiles, facePhoto, packagedModel, serveFiles, sharedImage, sharedModel, type DropOptions, type MadeFile } from './files';

export interface CleanPage {
  /**
   * Problems that this test provokes on purpose: parts of their text. Set it for a group with
   * `test.use({ expectedConsoleErrors: [/404/] })`, or take it as a fixture and push to it within one test.
   * It excuses uncaught errors and CSP violations as well.
   */
  expectedConsoleErrors: (string | RegExp)[];
  /** Fails the test on console errors, uncaught errors and CSP violations in any of its pages. */
  cleanPage: undefined;
}

/** Marks violations that the page's own listener saw. */
const violationMark = 'Content security policy violated:';

function matches(problem: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? problem.includes(expected) : problem.search(expected) >= 0;
}

export const test = base.extend<CleanPage>({
  // A function, so that each test has a list of its own to push to.
  expectedConsoleErrors: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => { await use([]); },
    { option: true },
  ],

  cleanPage: [
    async ({ context, expectedConsoleErrors }, use) => {
      const problems: string[] = [];
      context.on('console', (message) => {
        if (message.type() !== 'error') return;
        const { url, lineNumber } = message.location();
        problems.push(`console: ${message.text()}${url === '' ? '' : ` (${url}:${lineNumber + 1})`}`);
      });
      context.on('weberror', (webError) => {
        const error = webError.error();
        problems.push(`uncaught: ${error.stack ?? error.message}`);
      });
      // A policy that only reports prints no error in every browser, but fires this event in all.
      await context.addInitScript((mark) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`${mark} ${event.violatedDirective} refuses ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
        });
      }, violationMark);

      await routeFixtures(context);

      await use(undefined);

      const unexpected = problems.filter((problem) => !expectedConsoleErrors.some((expected) => matches(problem, expected)));
      if (unexpected.length > 0) throw new Error(`The page reported ${unexpected.length} problem(s):\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],
});
