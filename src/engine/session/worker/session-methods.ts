import { transfer } from 'comlink';
import type { Call } from '../../../threads/shared/methods';
import { decodedBuffers } from '../../../vision/shared/types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';
import type { FrameRunner } from '../../stream/worker/frame-runner';
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
  };
}

export type SessionMethods = ReturnType<typeof sessionMethods>;
