import { describe, expect, test } from 'vitest';
import { faultsOf, markdown, readTable, tableOf, withTable } from './browser-table.mjs';

const check = (browser: string, feature: string, lacks?: string, status = 'passed') => ({ ancestorTitles: [`${browser} (skipped where there is none)`, feature], status, meta: lacks === undefined ? {} : { lacks } });
const results = {
  testResults: [
    { assertionResults: [check('WebKit', 'Runs', 'on one thread'), check('WebKit', 'Runs'), check('WebKit', 'Threads', 'no shared memory')] },
    { assertionResults: [check('Chromium', 'Runs'), check('Chromium', 'Runs'), check('Chromium', 'Threads'), check('Firefox', 'Runs', undefined, 'skipped')] },
  ],
};
const lines = ['|  | Chromium | Firefox | WebKit |', '| --- | --- | --- | --- |', '| Runs | yes |  | yes, on one thread |', '| Threads | yes |  | no: no shared memory |'];
const readme = '# Title\n\n<!-- browsers -->\nold\n<!-- /browsers -->\n\nMore.\n';

describe('the table of browsers', () => {
  test('has a row for each group of checks, and what a browser lacks where its checks say so', () => {
    expect(markdown(tableOf(results)).split('\n')).toEqual(lines);
  });

  test('stands in README between its marks, and is read back', () => {
    const written = withTable(readme, tableOf(results));
    expect(written).toBe(readme.replace('old', lines.join('\n')));
    expect(faultsOf(readTable(written), tableOf(results))).toEqual([]);
  });

  test('is wrong where a browser did something else, and where rows are missing on either side', () => {
    const told = readTable(withTable(readme, tableOf({ testResults: [{ assertionResults: [check('WebKit', 'Runs'), check('WebKit', 'Dances')] }] })));
    expect(faultsOf(told, tableOf(results))).toEqual([
      '“Runs” in Chromium: “” is told, “yes” was found', '“Runs” in WebKit: “yes” is told, “yes, on one thread” was found', '“Dances” is not checked', '“Threads” is missing',
    ]);
  });

  test('names what failed', () => {
    expect(tableOf({ testResults: [{ assertionResults: [check('Firefox', 'Runs', undefined, 'failed'), check('Firefox', 'Runs')] }] }).get('Runs')?.get('Firefox')).toBe('failed');
  });
});
