/** README's table of what each browser does: made from the results of e2e/browsers, whose groups are its rows. */

/** @typedef {Map<string, Map<string, string>>} BrowserTable features, in order, and of each what a browser does */
/** @typedef {{ ancestorTitles: string[], status: string, meta?: { lacks?: string } }} Check */
/** @typedef {{ testResults: { assertionResults: Check[] }[] }} Results what Vitest writes */

const columns = ['Chromium', 'Firefox', 'WebKit'];
const [begin, end] = ['<!-- browsers -->', '<!-- /browsers -->'];

/**
 * @param {readonly Check[]} checks of one feature in one browser
 * @returns {string} `no` where every one of them found something missing; `yes` with what is missing where only some did
 */
function cellOf(checks) {
  if (checks.some(({ status }) => status !== 'passed')) return 'failed';
  const lacks = [...new Set(checks.flatMap(({ meta }) => meta?.lacks ?? []))].join('; ');
  if (lacks === '') return 'yes';
  return checks.every(({ meta }) => meta?.lacks !== undefined) ? `no: ${lacks}` : `yes, ${lacks}`;
}

/**
 * @param {Results} results
 * @returns {BrowserTable} of those browsers that were there
 */
export function tableOf({ testResults }) {
  const ran = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === 'passed' || status === 'failed');
  /** @type {Map<string, Map<string, Check[]>>} */
  const checks = new Map();
  for (const browser of columns) {
    for (const check of ran) {
      const [above = '', feature = ''] = check.ancestorTitles;
      if (above.split(' ')[0] !== browser) continue;
      const row = checks.get(feature) ?? new Map();
      checks.set(feature, row.set(browser, [...(row.get(browser) ?? []), check]));
    }
  }
  return new Map([...checks].map(([feature, row]) => [feature, new Map([...row].map(([browser, found]) => [browser, cellOf(found)]))]));
}

/** @param {BrowserTable} table */
export function markdown(table) {
  const lines = [...table].map(([feature, row]) => [feature, ...columns.map((browser) => row.get(browser) ?? '')]);
  return [['', ...columns], ['', ...columns].map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {string} text of README
 * @returns {BrowserTable}
 */
export function readTable(text) {
  const between = text.slice(text.indexOf(begin) + begin.length, text.indexOf(end));
  const rows = between.trim().split('\n').map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  const [[, ...browsers] = [], , ...lines] = rows;
  return new Map(lines.map(([feature = '', ...cells]) => [feature, new Map(browsers.map((browser, index) => [browser, cells[index] ?? '']))]));
}

/**
 * @param {string} text of README
 * @param {BrowserTable} table
 * @returns {string} README with this table in its place
 */
export function withTable(text, table) {
  return `${text.slice(0, text.indexOf(begin) + begin.length)}\n${markdown(table)}\n${text.slice(text.indexOf(end))}`;
}

/**
 * @param {BrowserTable} told
 * @param {BrowserTable} found of some browsers; of others nothing is known
 * @returns {string[]} where they differ, in words
 */
export function faultsOf(told, found) {
  const features = [...new Set([...told.keys(), ...found.keys()])];
  return features.flatMap((feature) => {
    const [toldRow, foundRow] = [told.get(feature), found.get(feature)];
    if (toldRow === undefined) return `“${feature}” is missing`;
    if (foundRow === undefined) return `“${feature}” is not checked`;
    return [...foundRow].flatMap(([browser, cell]) => (toldRow.get(browser) === cell ? [] : `“${feature}” in ${browser}: “${toldRow.get(browser) ?? ''}” is told, “${cell}” was found`));
  });
}
