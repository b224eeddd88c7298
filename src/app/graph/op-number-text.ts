import { formatBytes, formatCount, formatMilliseconds, formatReal } from '../../wording/format';

/** A number on an op with its unit: `7,372,800`, `459 kB`, `2.84 ms`, `0.0123 dB`. */
export function formatOpNumber(value: number, unit: string): string {
  if (unit === 'B') return formatBytes(value);
  if (unit === 'ms') return formatMilliseconds(value);
  const figure = Number.isInteger(value) ? formatCount(value).replace('-', '−') : formatReal(value);
  return unit === '' ? figure : `${figure} ${unit}`;
}
