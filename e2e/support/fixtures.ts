/**
 * What end-to-end tests start from: `test`, which gives each test a page of its own, `apiTest`, whose tests share one,
 * `bareTest`, which gives none, and `expect`. All pages must stay clean.
 */
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { openPage } from './engine';
import { cameraArguments, makeFilm } from './fake-camera';

export { expect } from '@playwright/test';
export { dropFiles, facePhoto, packagedModel, serveFiles, sharedImage, sharedModel, type DropOptions, type MadeFile } from './files';

/**
 * For tests that measure time, as details of a test or a group: `test('…', timing, …)`. They belong to the project `timing`,
 * and none runs while another test does.
 */
export const timing = { tag: '@timing', lock: '-exclusive-' };

export interface Expectations {
  /**
   * Problems that this test provokes on purpose: parts of their text. Set it for a group with
   * `test.use({ expectedConsoleErrors: [/404/] })`, or take it as a fixture and push to it within one test.
   * It excuses uncaught errors and CSP violations as well.
   */
  expectedConsoleErrors: (string | RegExp)[];
}

export interface PageOptions {
  /** Whether the page has its service worker, as people have it: pages of tests are new each time, and need none. */
  keepsPage: boolean;
  /**
   * Whether models run and are measured when they are opened, as people have it. Off where tests do not ask for it: what a
   * test starts itself would have to make it give way first.
   */
  byItself: boolean;
}

export interface CleanPage {
  /** Fails the test on console errors, uncaught errors and CSP violations in any of its pages. */
  cleanPage: undefined;
}

/** Marks violations that the page's own listener saw. */
const violationMark = 'Content security policy violated:';

function matches(problem: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? problem.includes(expected) : problem.search(expected) >= 0;
}

/** Collects what the pages of a context complain of. Call it before the first page. */
export async function watchContext(context: BrowserContext, { byItself = false, keepsPage = false }: Partial<PageOptions> = {}): Promise<string[]> {
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
  const off = [...(byItself ? [] : ['litescope.by-itself']), ...(keepsPage ? [] : ['litescope.offline'])];
  await context.addInitScript((keys) => {
    // Pages of no address of their own have no storage.
    if (location.protocol === 'http:') for (const key of keys) localStorage.setItem(key, localStorage.getItem(key) ?? 'off');
  }, off);
  return problems;
}

/** Ends what a test has left running in a window that others use after it, such as a stream. */
export async function endWork(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.goto('about:blank');
}

/** Fails where there is a problem that nobody expects. */
export function expectClean(problems: readonly string[], expectedConsoleErrors: Expectations['expectedConsoleErrors']): void {
  const unexpected = problems.filter((problem) => !expectedConsoleErrors.some((expected) => matches(problem, expected)));
  if (unexpected.length > 0) throw new Error(`The page reported ${unexpected.length} problem(s):\n${unexpected.join('\n')}`);
}

/** For tests that start browsers by themselves, or none. */
export const bareTest = base.extend<Expectations>({
  // A function, so that each test has a list of its own to push to.
  expectedConsoleErrors: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
    async ({}, use) => { await use([]); },
    { option: true },
  ],
});

/** For tests with a page of their own. */
export const test = bareTest.extend<CleanPage & PageOptions>({
  byItself: [false, { option: true }],
  keepsPage: [false, { option: true }],

  // Every browser has the film for its camera and tells its memory at once where it is asked, so that all specs can share one.
  launchOptions: [async ({ launchOptions }, use) => {
    const path = await makeFilm(launchOptions.executablePath);
    await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...cameraArguments(path), '--enable-blink-features=ForceEagerMeasureMemory'] });
  }, { scope: 'worker' }],

  cleanPage: [
    async ({ context, byItself, keepsPage, expectedConsoleErrors }, use, testInfo) => {
      const problems = await watchContext(context, { byItself, keepsPage });
      await use(undefined);
      expectClean(problems, expectedConsoleErrors);
      // A page that failed is yet to be pictured, and ends with its worker.
      if (testInfo.status === testInfo.expectedStatus) await endWork(context);
    },
    { auto: true },
  ],
});

interface SharedPage {
  readonly page: Page;
  /** Those that no test has answered for yet. */
  readonly problems: string[];
}

/**
 * For tests that use the page's automation API and nothing else of the page: all of a worker share one page, which is open
 * already and holds no model when a test begins. What a test did to it by routes is undone; other traces (listeners, changed
 * globals) a test must not leave, or it takes `test`. A test that fails takes the page with it.
 */
export const apiTest = test.extend<object, { readonly sharedPage: SharedPage }>({
  sharedPage: [async ({ browser }, use, { project }) => {
    const context = await browser.newContext({ baseURL: project.use.baseURL ?? '' });
    const problems = await watchContext(context);
    const page = await context.newPage();
    await openPage(page);
    await use({ page, problems });
    await context.close();
  }, { scope: 'worker' }],

  context: async ({ sharedPage: { page } }, use) => { await use(page.context()); },

  page: async ({ sharedPage: { page } }, use) => {
    await use(page);
    await page.unrouteAll({ behavior: 'wait' });
    // Sessions end with their models. What they still had to complain of has arrived with the answer.
    await page.evaluate(() => {
      const { litescope } = window;
      for (const { id } of litescope.models()) litescope.close(id);
    });
  },

  cleanPage: async ({ sharedPage: { problems }, expectedConsoleErrors }, use) => {
    await use(undefined);
    expectClean(problems.splice(0), expectedConsoleErrors);
  },
});
