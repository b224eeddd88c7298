import { LitescopeError } from '../../../errors';
import { vision as text } from '../../../messages/vision';

/** What a browser throws, as far as it is needed; DOMException where it has one. */
interface BrowserError {
  readonly name: string;
  readonly message: string;
  /** OverconstrainedError: which constraint no device meets. */
  readonly constraint?: string | undefined;
}

function browserError(error: unknown): BrowserError {
  if (error === null || typeof error !== 'object' || !('name' in error)) return { name: '', message: String(error) };
  const { name, message, constraint } = error as Partial<Record<keyof BrowserError, unknown>>;
  return { name: String(name), message: String(message ?? ''), constraint: typeof constraint === 'string' ? constraint : undefined };
}

/** Whether no device meets the constraints as they were asked for. */
export function isOverconstrained(error: unknown): boolean {
  return browserError(error).name === 'OverconstrainedError';
}

/** What a rejection of `getUserMedia` means to a person (Media Capture and Streams, 10.2). */
export function cameraError(error: unknown): LitescopeError {
  if (error instanceof LitescopeError) return error;
  const { name, message, constraint } = browserError(error);
  const details = message || name;
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new LitescopeError('CAMERA_DENIED', details, { cause: error });
    case 'NotFoundError':
      return new LitescopeError('NO_CAMERA', details, { cause: error });
    case 'NotReadableError':
    case 'AbortError':
      return new LitescopeError('CAMERA_BUSY', details, { cause: error });
    case 'OverconstrainedError':
      // WebKit names no constraint where there is no camera at all.
      if (constraint === '') return new LitescopeError('NO_CAMERA', text.noCamera, { cause: error });
      if (constraint === 'deviceId') return new LitescopeError('NO_CAMERA', text.cameraNotConnected, { cause: error });
      return new LitescopeError('INVALID_CONFIGURATION', text.noSuchCamera(constraint), { cause: error });
    case 'TypeError':
      return new LitescopeError('INVALID_CONFIGURATION', details, { cause: error });
    default:
      return LitescopeError.from(error);
  }
}

/** What a rejection of `getDisplayMedia` means to a person; whatever keeps the screen away, sharing it again is the way out. */
export function screenError(error: unknown): LitescopeError {
  if (error instanceof LitescopeError) return error;
  const { name, message } = browserError(error);
  const details = message || name;
  if (name === 'TypeError' || name === 'OverconstrainedError') return new LitescopeError('INVALID_CONFIGURATION', details, { cause: error });
  return new LitescopeError('SCREEN_REFUSED', details, { cause: error });
}
