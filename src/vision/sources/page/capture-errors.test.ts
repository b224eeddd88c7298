import { describe, expect, it } from 'vitest';
import { LitescopeError } from '../../../errors';
import { cameraError, isOverconstrained, screenError } from './capture-errors';

/** OverconstrainedError, which Node does not have. */
const overconstrained = (constraint: string) => Object.assign(new Error(''), { name: 'OverconstrainedError', constraint });

describe('cameraError', () => {
  it.each([
    ['NotAllowedError', 'CAMERA_DENIED'],
    ['SecurityError', 'CAMERA_DENIED'],
    ['NotFoundError', 'NO_CAMERA'],
    ['NotReadableError', 'CAMERA_BUSY'],
    ['AbortError', 'CAMERA_BUSY'],
    ['DataCloneError', 'INTERNAL'],
  ])('takes %s for %s, with its message and cause', (name, code) => {
    const thrown = new DOMException('what the browser says', name);
    const error = cameraError(thrown);
    expect([error.code, error.details, error.cause]).toEqual([code, 'what the browser says', thrown]);
  });

  it('says which constraint no camera meets', () => {
    const error = cameraError(overconstrained('width'));
    expect([error.code, error.details]).toEqual(['INVALID_CONFIGURATION', 'No camera offers what was asked for (width).']);
  });

  it('takes a chosen camera that is gone for no camera', () => {
    expect(cameraError(overconstrained('deviceId')).code).toBe('NO_CAMERA');
  });

  it('takes what WebKit says where there is none for no camera', () => {
    expect(cameraError(overconstrained('')).code).toBe('NO_CAMERA');
  });

  it('takes a TypeError for settings that make no sense', () => {
    expect(cameraError(new TypeError('at least one of audio and video')).code).toBe('INVALID_CONFIGURATION');
  });

  it('says the name where there is no message', () => {
    expect(cameraError(new DOMException('', 'NotReadableError')).details).toBe('NotReadableError');
  });

  it('keeps typed errors, and wraps what is no error at all', () => {
    const typed = new LitescopeError('NO_CAPTURE');
    expect(cameraError(typed)).toBe(typed);
    expect([cameraError('text').code, cameraError('text').details]).toEqual(['INTERNAL', 'text']);
  });
});

describe('screenError', () => {
  it.each(['NotAllowedError', 'NotReadableError', 'NotFoundError', 'AbortError', 'InvalidStateError'])('takes %s for a refusal', (name) => {
    expect(screenError(new DOMException('no', name)).code).toBe('SCREEN_REFUSED');
  });

  it('takes impossible constraints for settings that do not fit', () => {
    expect(screenError(overconstrained('width')).code).toBe('INVALID_CONFIGURATION');
    expect(screenError(new TypeError('min is not allowed')).code).toBe('INVALID_CONFIGURATION');
  });

  it('keeps typed errors', () => {
    const typed = new LitescopeError('NO_CAPTURE');
    expect(screenError(typed)).toBe(typed);
  });
});

describe('isOverconstrained', () => {
  it('is about the name alone', () => {
    expect([isOverconstrained(overconstrained('width')), isOverconstrained(new DOMException('', 'NotFoundError')), isOverconstrained(null)]).toEqual([true, false, false]);
  });
});
