import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes, LitescopeError } from './errors';

const attempt = new LitescopeError('UNSUPPORTED_OP', 'litert lacks custom op X.', { place: 'subgraph 0, op 3, X' }).serialize();

describe('the catalogue of errors', () => {
  it.each(errorCodes)('%s has a code, a title and a hint that a person can read', (code) => {
    const { title, hint, message, details } = new LitescopeError(code);
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    // A title stands on a line of its own, a hint is one or more whole sentences.
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(hint).toMatch(/^[A-Zm].*\.$/);
    expect([message, details]).toEqual([title, '']);
  });

  it('has no two codes with one title', () => {
    const titles = errorCodes.map((code) => new LitescopeError(code).title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  /** Lines of the sources in which something may be thrown: no tests, no comments, no lists of codes. */
  function throwingLines(): string[] {
    const root = new URL('./', import.meta.url);
    const isSource = (path: string) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$|(^|[\\/])testing[\\/]|^errors\.ts$/.test(path);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(isSource);
    return files.flatMap((path) => readFileSync(new URL(path.replaceAll('\\', '/'), root), 'utf8').split('\n'))
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line) && errorCodes.filter((code) => line.includes(`'${code}'`)).length < 3);
  }

  it('has no code that nothing throws', () => {
    const lines = throwingLines();
    const comparison = (code: string) => new RegExp(`[!=]== '${code}'`);
    expect(errorCodes.filter((code) => !lines.some((line) => line.includes(`'${code}'`) && !comparison(code).test(line)))).toEqual([]);
  });
});

describe('LitescopeError', () => {
  const error = new LitescopeError('NO_RUNTIME', 'nothing runs it', { place: 'subgraph 0, op 3, X', attempts: [attempt], cause: new Error('below') });

  it('is an Error with a message that says what and why', () => {
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message]).toEqual(['LitescopeError', 'No runtime on this device runs this model: nothing runs it']);
    expect(error.cause).toEqual(new Error('below'));
  });

  it('is whole after serializing, cloning and deserializing', () => {
    const again = LitescopeError.deserialize(structuredClone(error.serialize()));
    expect(again).toBeInstanceOf(LitescopeError);
    expect(again.serialize()).toEqual({
      code: 'NO_RUNTIME', title: 'No runtime on this device runs this model', hint: 'Each attempt says what it lacks: rewrite the model under “Compare & shrink”, or convert it again.',
      details: 'nothing runs it', place: 'subgraph 0, op 3, X', attempts: [attempt],
    });
    expect([again.message, again.place, again.attempts]).toEqual([error.message, error.place, error.attempts]);
  });

  it('survives JSON, as in a report, without keys for what it does not have', () => {
    const plain = new LitescopeError('CANCELLED').serialize();
    expect(Object.keys(plain)).toEqual(['code', 'title', 'hint', 'details']);
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
  });

  it('takes titles and hints from its own catalogue, not from what it is given', () => {
    const foreign = { ...new LitescopeError('CANCELLED').serialize(), title: 'other', hint: 'other' };
    expect(LitescopeError.deserialize(foreign).title).toBe('Cancelled');
  });

  it('keeps typed errors as they are', () => {
    expect(LitescopeError.from(error, 'INTERNAL')).toBe(error);
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a DOMException', new DOMException('gone', 'NotFoundError'), 'gone'],
    ['a number', 5246024, '5246024'],
    ['nothing', undefined, 'undefined'],
  ])('wraps %s with its cause', (_, thrown, details) => {
    const wrapped = LitescopeError.from(thrown, 'INVOKE_FAILED');
    expect([wrapped.code, wrapped.details, wrapped.cause]).toEqual(['INVOKE_FAILED', details, thrown]);
    expect(LitescopeError.from(thrown).code).toBe('INTERNAL');
  });
});
