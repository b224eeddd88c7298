import { regionFromDetections, regionFromLandmarks, type RegionRules } from '../../../vision/pipelines/shared/regions';
import type { Region } from '../../../vision/shared/region';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';
import type { FrameSession } from './live-stream';

/** A model that finds what another one then looks at closely. */
export interface Detector {
  readonly session: FrameSession;
  /** Its own way from a frame to boxes; what is drawn follows the other model's settings. */
  readonly settings: StreamSettings;
  readonly rules: RegionRules;
}

function epoch_ms(): number {
  return performance.timeOrigin + performance.now();
}

/** The same pixels once more: one copy for each of two workers. */
async function copyOf(frame: FrameRequest['frame']): Promise<FrameRequest['frame']> {
  return 'clone' in frame ? frame.clone() : createImageBitmap(frame);
}

/**
 * Two models one after the other, as in MediaPipe's graphs of faces, hands and bodies: a detector says where the second
 * one is to look; from then on its own landmarks say so for the next frame, until they are lost and the detector is asked
 * again. Each has a session of its own, and a frame that both see goes to one after the other. Where the detector finds
 * nothing the model looks at the whole frame, as it does alone: what fills a frame is too large for some detectors.
 */
export function afterDetector(landmarks: FrameSession, { session: detector, settings: detectorSettings, rules }: Detector): FrameSession {
  let tracked: Region | null = null;

  async function find(request: FrameRequest): Promise<FrameReply> {
    const frame = await copyOf(request.frame);
    try {
      return await detector.frame({ ...request, frame });
    } finally {
      // Empty by then, unless it could not be moved.
      frame.close();
    }
  }

  async function look(request: FrameRequest, region: Region | null, located: NonNullable<FrameReply['located']>): Promise<FrameReply> {
    tracked = null;
    const reply = await landmarks.frame(region === null ? request : { ...request, region });
    tracked = regionFromLandmarks(rules, reply.decoded);
    return { ...reply, located };
  }

  return {
    async configureStream(settings) {
      const { drawing, preview } = settings;
      await Promise.all([landmarks.configureStream(settings), detector.configureStream({ ...detectorSettings, drawing, preview })]);
    },
    async frame(request) {
      if (tracked !== null) return look(request, tracked, { asked: false, detect_ms: 0 });
      const found = await find(request);
      found.picture.close();
      found.preview?.close();
      const sent_ms = epoch_ms();
      return look({ ...request, sent_ms }, regionFromDetections(rules, found.decoded), { asked: true, detect_ms: sent_ms - request.sent_ms });
    },
    close() {
      landmarks.close();
      detector.close();
    },
  };
}
