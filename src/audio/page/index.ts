import type { SoundSource } from './types';

/** Every kind of live sound, opened on the page; their code is fetched when one is wanted. */
export const soundSources = {
  /** @throws LitescopeError MICROPHONE_DENIED, NO_MICROPHONE, MICROPHONE_BUSY, NO_CAPTURE */
  openMicrophone: async (): Promise<SoundSource> => (await import('./microphone')).openMicrophone(),
  /** Played, and heard, in real time. @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE, NO_CAPTURE */
  openClip: async (clip: Blob, name: string): Promise<SoundSource> => (await import('./played-clip')).openClip(clip, name),
} as const;
