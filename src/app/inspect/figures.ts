import { formatCount, noValue } from '../../messages/format';

/** Three digits and the unit's thousands: `7.37 M`, `123 k`, `1.02 G`. Below ten thousand the number itself. */
export function formatLarge(count: number): string {
  if (!Number.isFinite(count)) return noValue;
  const size = Math.abs(count);
  if (size < 9999.5) return formatCount(count);
  const [divisor, unit] = size < 999_500 ? [1e3, 'k'] : size < 999_500_000 ? [1e6, 'M'] : size < 999_500_000_000 ? [1e9, 'G'] : [1e12, 'T'];
  return `${Number((count / divisor).toPrecision(3))} ${unit}`;
}

/** A difference with its sign: `+12`, `−1,024`; empty where there is none. */
export function formatChange(a: number, b: number, format: (value: number) => string): string {
  if (a === b) return '';
  return `${b > a ? '+' : '−'}${format(Math.abs(b - a))}`;
}
