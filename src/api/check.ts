import * as v from 'valibot';
import { type ErrorCode, LitescopeError } from '../errors';
import { nearestName } from './nearest-name';

/** A schema for each key of a type and for nothing else, so that neither can change without the other. */
export type SchemasOf<T> = { readonly [Key in keyof T]-?: v.GenericSchema };

/** An object of a type that has no other keys. */
export function objectOf<T>() {
  return <const Schemas extends SchemasOf<T> & Readonly<Record<Exclude<keyof Schemas, keyof T>, never>>>(schemas: Schemas) =>
    v.strictObject(schemas as Schemas & v.ObjectEntries, (issue) => (isUnknownKey(issue) ? noSuchKey(issue, Object.keys(schemas)) : issue.message));
}

/** What the browser calls by one of these names: `instanceof` would refuse what comes from a frame in the page. */
export function kindOf(...kinds: readonly string[]) {
  return v.custom<unknown>((value) => kinds.includes(Object.prototype.toString.call(value).slice('[object '.length, -1)), kinds.join(' or '));
}

/** An object with these methods, whatever else it has. */
export function withMethods(...names: readonly string[]) {
  return v.custom<unknown>((value) => typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function'), `an object with ${names.join(' and ')}`);
}

/**
 * @param name of the argument
 * @throws LitescopeError `code`, with the place inside of the argument, what stands there and what should
 */
export function check(schema: v.GenericSchema, value: unknown, name: string, code: ErrorCode): void {
  const { issues } = v.safeParse(schema, value);
  if (issues === undefined) return;
  // A key that is missing may be the one that is misspelt beside it.
  const issue = issues.find(isUnknownKey) ?? issues[0];
  const path = (issue.path ?? []).map(({ key }) => key);
  if (!isUnknownKey(issue)) throw new LitescopeError(code, `${placeOf(name, path)} ${whatIsWrong(issue)}.`);
  throw new LitescopeError(code, `${placeOf(name, path.slice(0, -1))} ${issue.message.startsWith('has no') ? issue.message : noSuchKey(issue, [])}.`);
}

type Issue = v.BaseIssue<unknown>;

function isUnknownKey({ type, expected }: Issue): boolean {
  return type === 'strict_object' && expected === 'never';
}

function noSuchKey({ received }: Issue, known: readonly string[]): string {
  const nearest = nearestName(unquoted(received), known);
  const instead = nearest === null ? known.map((each) => `“${each}”`).join(', ') : `“${nearest}”, probably`;
  return `has no “${unquoted(received)}”${instead === '' ? '' : `: ${instead}`}`;
}

/** What valibot has no short words for. */
const requirements: Readonly<Record<string, string>> = { integer: 'a whole number', safe_integer: 'a whole number', finite: 'a finite number' };

function whatIsWrong({ type, expected, received, message }: Issue): string {
  const is = received === 'undefined' ? 'is missing' : `is ${shortened(received)}`;
  // Of a key that is missing only its name is told.
  if (type.endsWith('_object') && received === 'undefined') return is;
  const wanted = requirements[type] ?? (type === 'custom' ? message : expected ?? message);
  const choices = [...wanted.matchAll(/"([^"]+)"/g)].flatMap(([, choice]) => choice ?? []);
  const nearest = received.startsWith('"') ? nearestName(unquoted(received), choices) : null;
  return `${is} and must be ${wanted.replaceAll(/[()]/g, '').replaceAll(' | ', ' or ')}${nearest === null ? '' : `: "${nearest}", probably`}`;
}

function placeOf(name: string, path: readonly unknown[]): string {
  return `“${path.reduce<string>((place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`), name)}”`;
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, '$1');
}

/** Who gave it knows the rest. */
function shortened(received: string): string {
  return received.length > 60 ? `${received.slice(0, 59)}…` : received;
}
