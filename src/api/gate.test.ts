import { describe, expect, it } from 'vitest';
import { deferred } from '../threads/testing/deferred';
import { rejectionOf } from '../threads/testing/errors';
import { Gate } from './gate';

/** Works that note when they begin and end when the test says so. */
function stage() {
  const begun: string[] = [];
  const work = (name: string) => {
    const end = deferred();
    return { end: end.resolve, run: () => { begun.push(name); return end.promise.then(() => name); } };
  };
  return { begun, work };
}

/** Until all that can go on without the test has gone on. */
const settled = () => new Promise<void>((resolve) => { setImmediate(resolve); });

describe('a gate', () => {
  it('lets shared work in beside shared work, and what wants to be alone after both', async () => {
    const { begun, work } = stage();
    const [a, b, c] = [work('a'), work('b'), work('c')];
    const gate = new Gate();
    const results = [gate.shared(a.run), gate.shared(b.run), gate.alone(c.run)];
    await settled();
    expect(begun).toEqual(['a', 'b']);
    a.end();
    await settled();
    expect(begun).toEqual(['a', 'b']);
    b.end();
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    c.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('lets nothing in beside what is alone', async () => {
    const { begun, work } = stage();
    const [a, b, c] = [work('a'), work('b'), work('c')];
    const gate = new Gate();
    const results = [gate.alone(a.run), gate.shared(b.run), gate.alone(c.run)];
    await settled();
    expect(begun).toEqual(['a']);
    a.end();
    await settled();
    expect(begun).toEqual(['a', 'b']);
    b.end();
    await settled();
    expect(begun).toEqual(['a', 'b', 'c']);
    c.end();
    await Promise.all(results);
  });

  it('does not let shared work overtake what waits to be alone', async () => {
    const { begun, work } = stage();
    const [a, b, c] = [work('a'), work('b'), work('c')];
    const gate = new Gate();
    const results = [gate.shared(a.run), gate.alone(b.run), gate.shared(c.run)];
    await settled();
    a.end();
    await settled();
    expect(begun).toEqual(['a', 'b']);
    b.end();
    c.end();
    expect(await Promise.all(results)).toEqual(['a', 'b', 'c']);
  });

  it('cancels what waits at once, and lets in what waited behind it', async () => {
    const { begun, work } = stage();
    const [a, b, c] = [work('a'), work('b'), work('c')];
    const gate = new Gate();
    const controller = new AbortController();
    const first = gate.shared(a.run);
    const waiting = rejectionOf(gate.alone(b.run, controller.signal));
    const behind = gate.shared(c.run);
    controller.abort();
    expect((await waiting).code).toBe('CANCELLED');
    await settled();
    expect(begun).toEqual(['a', 'c']);
    a.end();
    c.end();
    await Promise.all([first, behind]);
    expect(begun).toEqual(['a', 'c']);
  });

  it('does not begin what was cancelled before it came', async () => {
    const { begun, work } = stage();
    expect((await rejectionOf(new Gate().shared(work('a').run, AbortSignal.abort()))).code).toBe('CANCELLED');
    expect(begun).toEqual([]);
  });

  it('does not cancel what has begun, which hears of it itself', async () => {
    const { work } = stage();
    const a = work('a');
    const controller = new AbortController();
    const result = new Gate().alone(a.run, controller.signal);
    await settled();
    controller.abort();
    a.end();
    expect(await result).toBe('a');
  });

  it('opens again after work that throws', async () => {
    const gate = new Gate();
    await expect(gate.alone(() => { throw new Error('first'); })).rejects.toThrow('first');
    await expect(gate.shared(() => Promise.reject(new Error('second')))).rejects.toThrow('second');
    expect(await gate.alone(() => 'third')).toBe('third');
  });
});
