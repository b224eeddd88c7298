import * as v from 'valibot';
import { type ErrorCode, LitescopeError } from '../errors';
import { api as text } from '../messages/api';
import { nearestName } from './nearest-name';

/** A schema for each key of a type and for nothing else, so that neither can change without the other. */
export type SchemasOf<T> = { readonly [Key in keyof T]-?: v.GenericSchema };

/** An object of a type that has no other keys. An issue about another one says in place of a message which keys there are. */
export function objectOf<T>() {
  return <const Schemas extends SchemasOf<T> & Readonly<Record<Exclude<keyof Schemas, keyof T>, never>>>(schemas: Schemas) =>
    v.strictObject(schemas as Schemas & v.ObjectEntries, (issue) => (isUnknownKey(issue) ? JSON.stringify(Object.keys(schemas)) : issue.message));
}

/** What the browser calls by one of these names: `instanceof` would refuse what comes from a frame in the page. */
export function kindOf(...kinds: readonly string[]) {
  return v.custom<unknown>((value) => kinds.includes(Object.prototype.toString.call(value).slice('[object '.length, -1)), () => text.oneOf(kinds));
}

/** An object with these methods, whatever else it has. */
export function withMethods(...names: readonly string[]) {
  return v.custom<unknown>((value) => typeof value === 'object' && value !== null && names.every((name) => typeof Reflect.get(value, name) === 'function'), () => text.objectWith(names));
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
  throw new LitescopeError(code, isUnknownKey(issue) ? unknownKey(placeOf(name, path.slice(0, -1)), issue) : whatIsWrong(placeOf(name, path), issue));
}

type Issue = v.BaseIssue<unknown>;

function isUnknownKey({ type, expected }: Issue): boolean {
  return type === 'strict_object' && expected === 'never';
}

function unknownKey(place: string, { received, message }: Issue): string {
  const key = unquoted(received);
  // Objects that were not made by `objectOf` say it in valibot's words.
  const known = message.startsWith('[') ? JSON.parse(message) as readonly string[] : [];
  const nearest = nearestName(key, known);
  return nearest === null ? text.unknownKey(place, key, known) : text.noSuchKey(place, key, nearest);
}

/** What valibot has no short words for. */
function requirement(type: string): string | undefined {
  if (type === 'integer' || type === 'safe_integer') return text.wholeNumber;
  return type === 'finite' ? text.finiteNumber : undefined;
}

function whatIsWrong(place: string, { type, expected, received, message }: Issue): string {
  // Of a key that is missing only its name is told.
  if (type.endsWith('_object') && received === 'undefined') return text.missing(place);
  const wanted = requirement(type) ?? (type === 'custom' ? message : expected ?? message);
  const choices = [...wanted.matchAll(/"([^"]+)"/g)].flatMap(([, choice]) => choice ?? []);
  const nearest = received.startsWith('"') ? nearestName(unquoted(received), choices) : null;
  const told = text.oneOf(wanted.replaceAll(/[()]/g, '').split(' | '));
  return received === 'undefined' ? text.missingAndWanted(place, told) : text.notWanted(place, shortened(received), told, nearest === null ? null : `"${nearest}"`);
}

function placeOf(name: string, path: readonly unknown[]): string {
  return `“${path.reduce<string>((place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`), name)}”`;
}

function unquoted(written: string): string {
  return written.replace(/^"(.*)"$/s, '$1');
}

/** Who gave it knows the rest. */
function shortened(received: string): string {
  return received.length > 60 ? `${received.slice(0, 59)}…` : received;
}
