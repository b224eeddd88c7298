import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import { readBytes } from '../../tensor/read-file';
import { captureNode, startContext } from './capture';
import type { SoundListener, SoundSource } from './types';

/**
 * A clip that is played, and heard, in real time.
 * @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE, NO_CAPTURE
 */
export async function openClip(clip: Blob, name: string): Promise<SoundSource> {
  if (typeof AudioWorkletNode === 'undefined') throw new LitescopeError('NO_CAPTURE', text.noMicrophoneAccess);
  const bytes = await readBytes(clip);
  const context = new AudioContext();
  let listener: SoundListener | null = null;
  const close = (): void => {
    listener = null;
    if (context.state !== 'closed') void context.close();
  };
  try {
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer).catch((error: unknown) => { throw new LitescopeError('INVALID_AUDIO', text.noDecoder, { cause: error }); });
    const node = await captureNode(context, (block) => listener?.onBlock(block));
    source.connect(node);
    source.connect(context.destination);
    const end = (error: LitescopeError | null): void => {
      const told = listener;
      close();
      told?.onEnd(error);
    };
    source.onended = () => { end(null); };
    return {
      kind: 'clip', name, sampleRate: context.sampleRate, duration_s: source.buffer.duration, close,
      start(given) {
        listener = given;
        source.start();
        startContext(context, end);
      },
    };
  } catch (error) {
    close();
    throw LitescopeError.from(error);
  }
}
