import { formatLarge } from '../inspect/figures';
import { formatBytes, formatCount, formatMilliseconds, formatReal } from '../../messages/format';

/** A number on an op with its unit: `7,372,800`, `459 kB`, `2.84 ms`, `0.0123 dB`. */
export function formatOpNumber(value: number, unit: string): string {
  if (unit === 'B') return formatBytes(value);
  if (unit === 'ms') return formatMilliseconds(value);
  const figure = Number.isInteger(value) ? formatCount(value).replace('-', '−') : formatReal(value);
  return unit === '' ? figure : `${figure} ${unit}`;
}

/** A measured time, of no more than 8 characters below 10 s: `0.594 ms`. What would be written as 0 and is not says so: `< 1 µs`. */
export function formatTime(milliseconds: number): string {
  return milliseconds > 0 && milliseconds < 0.0005 ? '< 1 µs' : formatMilliseconds(milliseconds);
}

/** A limit between colours, short and without zeros that say nothing, for a legend whose title has the unit: `0.005`, `7.37 M`; bytes have theirs. */
export function formatLimit(value: number, unit: string): string {
  if (unit === 'B') return formatBytes(value).replace(/\.0+ /, ' ');
  return Math.abs(value) >= 1000 ? formatLarge(value) : String(Number(value.toPrecision(3))).replaceAll('-', '−');
}
