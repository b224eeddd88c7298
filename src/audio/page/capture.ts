import { LitescopeError } from '../../errors';
import { audio as text } from '../../messages/audio';
import captureUrl from '../worklet/capture.worklet.ts?worker&url';
import type { SoundBlock } from './types';

/**
 * Hears what goes through an audio context, on the audio thread.
 * @returns what sources connect to
 */
export async function captureNode(context: AudioContext, onBlock: (block: SoundBlock) => void): Promise<AudioNode> {
  await context.audioWorklet.addModule(captureUrl);
  const node = new AudioWorkletNode(context, 'litescope-capture', { numberOfInputs: 1, numberOfOutputs: 1 });
  node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => { onBlock({ samples: data, captured_ms: performance.now() }); };
  // It gives out nothing; browsers only run what leads to the destination.
  node.connect(context.destination);
  return node;
}

/** A context that does not run by then waits for something that will not come: a device for sound, or a click that the browser wants. */
const longestStart_ms = 5000;

/** Has a context run. @param onStuck hears when it does not */
export function startContext(context: AudioContext, onStuck: (error: LitescopeError) => void): void {
  void context.resume();
  setTimeout(() => { if (context.state === 'suspended') onStuck(new LitescopeError('NO_CAPTURE', text.soundDoesNotStart)); }, longestStart_ms);
}
