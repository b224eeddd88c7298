import { isMeasured, type Report, type Warning } from '../../report/report';

/** What a row's own samples say; all other doubts are about the page and the machine, and alike in all rows. */
const ownCodes: readonly Warning['code'][] = ['OUTLIERS', 'DRIFT', 'NO_STEADY_STATE', 'DENORMAL_WEIGHTS'];

/** Doubts about all rows of a report, each once. */
export function commonWarnings({ results }: Report): readonly Warning[] {
  const all = results.flatMap((result) => (isMeasured(result) ? result.warnings : [])).filter(({ code }) => !ownCodes.includes(code));
  return [...new Map(all.map((warning) => [warning.code, warning])).values()];
}

/** Doubts about a single row. */
export function ownWarnings({ warnings }: { readonly warnings: readonly Warning[] }): readonly Warning[] {
  return warnings.filter(({ code }) => ownCodes.includes(code));
}
