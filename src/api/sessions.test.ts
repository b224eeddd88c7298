import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../threads/testing/errors';
import { complete } from './rows';
import { KeptSessions } from './sessions';
import { FakeSessions, runReply } from './testing/fake-sessions';
import { openModelOf } from './testing/open-model';

const [one, two] = [openModelOf('one'), openModelOf('two')];
const anything = complete({});
const settled = () => new Promise<void>((resolve) => { setImmediate(resolve); });

/** A run of `one`, up to the session's own. */
function begin(sessions: KeptSessions, options: Parameters<KeptSessions['run']>[3] = {}, model = one, tensors?: 'all') {
  const run = sessions.run(model, anything, { inputs: {}, tensors }, options);
  return settled().then(() => ({ run }));
}

describe('kept sessions', () => {
  it('serve the runs that ask for the same, and make room for another', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    for (const options of [{}, {}, { shapes: { x: [2] } }]) {
      const { run } = await begin(sessions, options);
      fake.finish();
      await run;
    }
    expect(fake.runs.map(({ session }) => session)).toEqual([0, 0, 1]);
    expect(fake.closed).toEqual([0]);
  });

  it('leave the session alone that other runs have when tensors are looked at', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    for (const tensors of [undefined, 'all', undefined] as const) {
      const { run } = await begin(sessions, {}, one, tensors);
      fake.finish();
      await run;
    }
    expect(fake.runs.map(({ session }) => session)).toEqual([0, 1, 0]);
    expect(fake.closed).toEqual([]);
  });

  it('serve runs of one model in turn, and those of two beside each other', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    await begin(sessions);
    await begin(sessions);
    await begin(sessions, {}, two);
    expect(fake.runs.map(({ session }) => session)).toEqual([0, 1]);
    fake.runs[0]?.end.resolve(runReply);
    await settled();
    expect(fake.runs.map(({ session }) => session)).toEqual([0, 1, 0]);
  });

  it('cancel a run that waits for its turn at once', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    await begin(sessions);
    const controller = new AbortController();
    const waiting = rejectionOf(sessions.run(one, anything, { inputs: {} }, { signal: controller.signal }));
    controller.abort();
    expect((await waiting).code).toBe('CANCELLED');
    expect(fake.runs).toHaveLength(1);
  });

  it('are freed when the run under way is over, not in its middle', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    const { run } = await begin(sessions);
    const freed = sessions.free('one', undefined);
    await settled();
    expect(fake.closed).toEqual([]);
    fake.finish();
    await Promise.all([run, freed]);
    expect(fake.closed).toEqual([0]);
  });

  it('end with their model, also where its first run is under way, and runs that wait are told', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    const { run } = await begin(sessions);
    const waiting = rejectionOf(sessions.run(one, anything, { inputs: {} }, {}));
    sessions.close('one');
    fake.finish();
    await run;
    expect(fake.closed).toEqual([0]);
    expect((await waiting).code).toBe('UNKNOWN_MODEL');
    expect(fake.opened).toBe(1);
  });

  it('keep no result of a run that is over', async () => {
    const fake = new FakeSessions();
    const sessions = new KeptSessions(fake.attempt);
    const result = await (async () => {
      const { run } = await begin(sessions);
      fake.finish();
      return new WeakRef(await run);
    })();
    fake.runs.length = 0;
    await settled();
    setFlagsFromString('--expose-gc');
    runInNewContext('gc()');
    expect(result.deref()).toBeUndefined();
  });
});
