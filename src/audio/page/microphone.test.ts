import { describe, expect, it } from 'vitest';
import { microphoneError } from './microphone';

describe('what a browser says when a microphone is asked for', () => {
  it.each([
    ['NotAllowedError', 'MICROPHONE_DENIED'], ['SecurityError', 'MICROPHONE_DENIED'], ['NotFoundError', 'NO_MICROPHONE'], ['OverconstrainedError', 'NO_MICROPHONE'],
    ['NotReadableError', 'MICROPHONE_BUSY'], ['AbortError', 'MICROPHONE_BUSY'], ['DataError', 'INTERNAL'],
  ] as const)('%s means %s', (name, code) => {
    expect(microphoneError(new DOMException('no sound', name))).toMatchObject({ code, details: 'no sound' });
  });
});
