import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import { captureNode, startContext } from './capture';
import type { SoundListener, SoundSource } from './types';

/** What a rejection of `getUserMedia` means to a person. */
export function microphoneError(error: unknown): LitescopeError {
  if (error instanceof LitescopeError) return error;
  const { name = '', message = '' } = error instanceof Error || error instanceof DOMException ? error : {};
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError': return new LitescopeError('MICROPHONE_DENIED', message || name, { cause: error });
    case 'NotFoundError':
    case 'OverconstrainedError': return new LitescopeError('NO_MICROPHONE', message || name, { cause: error });
    case 'NotReadableError':
    case 'AbortError': return new LitescopeError('MICROPHONE_BUSY', message || name, { cause: error });
    default: return LitescopeError.from(error);
  }
}

/** As it is: what browsers do for calls (echo, noise, gain) changes what models were trained on. */
const raw: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

/**
 * Opens the microphone; the browser may ask the person first.
 * @throws LitescopeError MICROPHONE_DENIED, NO_MICROPHONE, MICROPHONE_BUSY, NO_CAPTURE
 */
export async function openMicrophone(): Promise<SoundSource> {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined || typeof AudioWorkletNode === 'undefined') throw new LitescopeError('NO_CAPTURE', text.noMicrophoneAccess);
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({ audio: raw, video: false });
  } catch (error) {
    throw microphoneError(error);
  }
  const [track] = stream.getAudioTracks();
  const context = new AudioContext();
  let listener: SoundListener | null = null;
  const close = (): void => {
    listener = null;
    track?.stop();
    if (context.state !== 'closed') void context.close();
  };
  try {
    const node = await captureNode(context, (block) => listener?.onBlock(block));
    const source = context.createMediaStreamSource(stream);
    const end = (error: LitescopeError): void => {
      const told = listener;
      close();
      told?.onEnd(error);
    };
    track?.addEventListener('ended', () => { end(new LitescopeError('SOURCE_LOST', text.microphoneLost)); });
    return {
      kind: 'microphone', name: track?.label ?? '', sampleRate: context.sampleRate, duration_s: null, close,
      start(given) {
        listener = given;
        source.connect(node);
        startContext(context, end);
      },
    };
  } catch (error) {
    close();
    throw microphoneError(error);
  }
}
