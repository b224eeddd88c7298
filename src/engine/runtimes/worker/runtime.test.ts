import { describe, expect, it } from 'vitest';
import { RuntimeLog } from './runtime';

function logOf(...lines: readonly string[]): RuntimeLog {
  const log = new RuntimeLog();
  for (const line of lines) log.write(line);
  return log;
}

describe('RuntimeLog', () => {
  it('keeps lines in order and hands each on at once', () => {
    const heard: string[] = [];
    const log = new RuntimeLog((line) => heard.push(line));
    log.write('INFO: one');
    log.write('');
    expect(log.lines).toEqual(['INFO: one', '']);
    expect(heard).toEqual(['INFO: one', '']);
  });

  it('tells errors from chatter, by the prefixes of both runtimes and of Emscripten', () => {
    const log = logOf(
      'INFO: Created TensorFlow Lite XNNPACK delegate for CPU.',
      'WARNING: [npu_registry.cc:34] NPU accelerator could not be loaded and registered: kLiteRtStatusErrorInvalidArgument.',
      'W0000 00:00:1700000000.000000       1 environment.cc:36] a warning',
      'ERROR: Node number 0 (ADD) failed to prepare.',
      'FATAL: the end',
      'E0000 00:00:1700000000.000000       1 litert_web.cc:66] an error',
      'F0000 00:00:1700000000.000000       1 check.cc:12] a check',
      'Aborted(OOM)',
      'ERRORS are not errors',
      'E2E tests neither',
      'an ERROR: in the middle',
    );
    expect(log.errorsSince(0)).toEqual([
      'Node number 0 (ADD) failed to prepare.',
      'the end',
      'E0000 00:00:1700000000.000000       1 litert_web.cc:66] an error',
      'F0000 00:00:1700000000.000000       1 check.cc:12] a check',
      'Aborted(OOM)',
    ]);
  });

  it('says a repeated error once', () => {
    expect(logOf('ERROR: again', 'ERROR: again', 'ERROR: other').errorsSince(0)).toEqual(['again', 'other']);
  });

  it('tells what came after a mark', () => {
    const log = logOf('ERROR: old');
    const { mark } = log;
    expect(log.errorsSince(mark)).toEqual([]);
    log.write('ERROR: new');
    expect(log.mark).not.toBe(mark);
    expect(log.errorsSince(mark)).toEqual(['new']);
  });

  it('notices an error after any amount of chatter, without keeping the chatter', () => {
    const log = new RuntimeLog();
    for (let line = 0; line < 2000; line++) log.write(`INFO: ${line}`);
    const { mark } = log;
    log.write('ERROR: late');
    expect(log.mark).toBe(mark + 1);
    expect(log.errorsSince(mark)).toEqual(['late']);
    expect(log.lines).toHaveLength(500);
    expect(log.lines[0]).toBe('INFO: 1501');
  });

  it('gives the errors that are left where a mark’s own lines are gone', () => {
    const log = new RuntimeLog();
    const { mark } = log;
    for (let line = 0; line < 501; line++) log.write(`ERROR: ${line}`);
    expect(log.errorsSince(mark)).toHaveLength(500);
  });
});
