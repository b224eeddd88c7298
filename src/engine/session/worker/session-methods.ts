import { transfer } from 'comlink';
import type { Call } from '../../../threads/shared/methods';
import { decodedBuffers } from '../../../vision/shared/types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';
import type { HeardClip, HeardReply, HeardWindow, HearRequest, ListenRequest, SoundSettings } from '../../stream/shared/sound';
import type { FrameRunner } from '../../stream/worker/frame-runner';
import type { SoundRunner } from '../../stream/worker/sound-runner';
import type { SessionProgress } from '../../configuration/shared/progress';
import type { LoadReply, LoadRequest, PrepareRequest, RunReply, RunRequest } from '../shared/protocol';
import type { SessionHost } from './session-host';

/** What every session can be asked for. */
export function sessionMethods(host: SessionHost) {
  let stream: Promise<FrameRunner> | null = null;
  /** Made with the first frame or its settings: sessions without a stream need nothing of it. */
  const frames = (): Promise<FrameRunner> => {
    const { session } = host;
    stream ??= import('../../stream/worker/frame-runner').then(({ FrameRunner: Runner }) => new Runner({
      inputs: session.model.inputs, outputs: session.outputs, invoke: () => session.invoke(), memoryBytes: () => session.model.memoryBytes(),
    }));
    return stream;
  };
  let hearing: Promise<SoundRunner> | null = null;
  const sounds = (): Promise<SoundRunner> => {
    const { session } = host;
    hearing ??= import('../../stream/worker/sound-runner').then(({ SoundRunner: Runner }) => new Runner({ inputs: session.model.inputs, outputs: session.outputs, invoke: () => session.invoke() }));
    return hearing;
  };
  return {
    prepare: (request: PrepareRequest): Promise<void> => host.prepare(request),

    load: (request: LoadRequest, call: Call<SessionProgress>): Promise<LoadReply> => host.load(request, call),

    /** Runs once, or step by step where an input is a sequence. All tensors and the mask are moved to the page. */
    async run(request: RunRequest, call: Call<SessionProgress>): Promise<RunReply> {
      const reply = await host.session.run(request, call);
      return transfer(reply, [...[reply.outputs, reply.tensors, reply.inputs ?? [], reply.sequence?.outputs ?? []].flatMap((tensors) => tensors.map(({ data }) => data)), ...decodedBuffers(reply.decoded)]);
    },

    /** How the frames that follow are treated. */
    async configureStream(settings: StreamSettings): Promise<void> { (await frames()).configure(settings); },

    /** The request's frame is moved in and closed; the reply's bitmaps and mask are moved to the page. */
    async frame(request: FrameRequest): Promise<FrameReply> {
      const reply = await (await frames()).run(request);
      const { picture, preview, decoded } = reply;
      return transfer(reply, [picture, ...(preview === null ? [] : [preview]), ...decodedBuffers(decoded)]);
    },

    /** How the sound that follows is treated. */
    async configureSound(settings: SoundSettings): Promise<void> { (await sounds()).configure(settings); },

    /** The next samples of a stream, which are moved in; scores are moved to the page. */
    async hear(request: HearRequest): Promise<HeardReply> {
      const reply = await (await sounds()).hear(request);
      return transfer(reply, buffersOf(reply.windows));
    },

    /** A whole clip; scores are moved to the page. */
    async listen(request: ListenRequest, call: Call<SessionProgress>): Promise<HeardClip> {
      const reply = await (await sounds()).listen(request, call);
      return transfer(reply, buffersOf(reply.windows));
    },
  };
}

export type SessionMethods = ReturnType<typeof sessionMethods>;

function buffersOf(windows: readonly HeardWindow[]): ArrayBuffer[] {
  return windows.flatMap(({ scores, decoded }) => [...(scores === null ? [] : [scores.buffer]), ...decodedBuffers(decoded)]);
}
