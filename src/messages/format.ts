/** Numbers, lists and times as people read them in their language. Every function gives the unit too, so that no value stands without one. */
import { currentLanguage } from './messages';
import { numbers } from './numbers';

/** Making one takes long. */
function keptByLanguage<Formatter>(make: (language: string) => Formatter): () => Formatter {
  const made = new Map<string, Formatter>();
  return () => {
    const language = currentLanguage();
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const groups = keptByLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
const conjunction = keptByLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }));
const moment = keptByLanguage((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }));

/** What stands where a figure does not exist. */
export const noValue = '–';

/** A whole number in groups of three: `1,083,984`. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? groups().format(count) : noValue;
}

/** Three digits that count, and three behind the point at most, never in powers of ten: `0.031`, `2.84`, `17.6`, `1,240`. */
function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return groups().format(value);
  if (size >= 9.995) return value.toFixed(1);
  if (size >= 0.9995) return value.toFixed(2);
  return value.toFixed(3);
}

/** Decimal units, as shops and file managers give them: `229 kB`, `27.7 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return noValue;
  const size = Math.abs(bytes);
  if (size < 1000) return `${groups().format(bytes)} B`;
  if (size < 999_500) return `${threeDigits(bytes / 1e3)} kB`;
  if (size < 999_500_000) return `${threeDigits(bytes / 1e6)} MB`;
  return `${threeDigits(bytes / 1e9)} GB`;
}

/** The number alone, for columns whose head names the unit. Two digits that count are left of what is next to nothing: `0.0065`. */
export function formatMillisecondsFigure(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return noValue;
  const size = Math.abs(milliseconds);
  return size > 0 && size < 0.00995 ? milliseconds.toFixed(Math.min(1 - Math.floor(Math.log10(size)), 9)) : threeDigits(milliseconds);
}

/** `2.84 ms`; microseconds where little would be left of a millisecond: `3.40 µs`. */
export function formatMilliseconds(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return noValue;
  const size = Math.abs(milliseconds);
  return size > 0 && size < 0.01 ? `${threeDigits(milliseconds * 1000)} µs` : `${threeDigits(milliseconds)} ms`;
}

/** `a, b, and c`. */
export function formatList(words: readonly string[]): string {
  return conjunction().format(words);
}

/** A day and a time of day: `Dec 1, 2026, 1:12 AM`. @param instant as `Date` reads it */
export function formatMoment(instant: string | number): string {
  return moment().format(new Date(instant));
}

/** A stretch of time as one says it: `8 s`, `2 min 5 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? numbers.seconds(whole) : numbers.minutes(Math.floor(whole / 60), whole % 60);
}

/** A signal to noise ratio in dB, for columns whose head names the unit: `62.2`, or `equal` where nothing differs. */
export function formatDecibelsFigure(ratio_db: number): string {
  if (ratio_db === Infinity) return numbers.equal;
  return Number.isFinite(ratio_db) ? ratio_db.toFixed(1).replace('-', '−') : noValue;
}

/** A probability of 0 to 1: `97.3 %`. */
export function formatPercent(fraction: number): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(1)} %` : noValue;
}

/** A tensor's value: six significant digits, powers of ten only where zeros would hide the digits. */
export function formatReal(value: number | null): string {
  if (value === null) return noValue;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+∞' : '−∞';
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-4 || size >= 1e9) ? value.toExponential(4) : String(Number(value.toPrecision(6)));
  return text.replace('-', '−');
}

/** `1×128×128×3`; a free dimension is named, a scalar too. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? numbers.scalar : shape.map((dimension) => (dimension === -1 ? numbers.free : String(dimension))).join('×');
}

/** The ends of a long digest: `3bc182eb…1c26633`. */
export function shortenDigest(digest: string): string {
  return digest.length <= 20 ? digest : `${digest.slice(0, 8)}…${digest.slice(-8)}`;
}

/** `CONV_2D` stays; nothing is invented for names that are empty. */
export function nameOr(name: string, fallback: string): string {
  return name.trim() === '' ? fallback : name;
}

/** The type's name in full words where it has none. */
export function formatDtype(dtype: string): string {
  return dtype === 'bool' ? 'boolean' : dtype;
}
