import { expect, test } from 'vitest';
import { LitescopeError } from '../../../errors';
import { regionRulesFor, type RegionRules } from '../../../vision/pipelines/shared/regions';
import { defaultDrawingStyle } from '../../../vision/drawing/shared/drawing-style';
import type { Decoded, Point } from '../../../vision/shared/types';
import type { FrameReply, FrameRequest, StreamSettings } from '../../stream/shared/types';
import { afterDetector } from './after-detector';
import type { FrameSession } from './live-stream';

const rules = regionRulesFor({ kind: 'pose-landmarks' }) as RegionRules;
const settings: StreamSettings = {
  input: 'picture', preprocessing: { fit: 'crop', resize: 'auto', channels: 'rgb', layout: 'nhwc', values: { kind: 'pixels' } }, drawing: defaultDrawingStyle, preview: false, smoothing: 0.5,
};

/** A body whose hips are at (x, 100), upright, found with this score. */
const bodyAt = (x: number, score: number): Decoded => ({ kind: 'landmarks', points: Array.from({ length: 33 }, (): Point => ({ x, y: 1 })), auxiliary: [{ x, y: 100 }, { x, y: 60 }], connections: [], score });
const foundAt = (...places: readonly number[]): Decoded => ({ kind: 'detections', detections: places.map((x) => ({ box: { x: 0, y: 0, width: 1, height: 1 }, label: 'body', score: 0.9, keypoints: [{ x, y: 100 }, { x, y: 60 }] })) });

/** A session that gives these results, one a frame, and a frame's steps a millisecond each. */
function session(name: string, results: readonly (Decoded | Error)[], told: string[]): FrameSession & { readonly configured: StreamSettings[] } {
  const left = [...results];
  const configured: StreamSettings[] = [];
  return {
    configured,
    configureStream: (next) => { configured.push(next); return Promise.resolve(); },
    frame: ({ frame, region, captured_ms, sent_ms }) => {
      const result = left.shift();
      told.push(region === undefined ? name : `${name} ${Math.round(region.x)}`);
      frame.close();
      if (result === undefined || result instanceof Error) return Promise.reject(result ?? new Error('no frame was wanted'));
      const picture = { close: () => { told.push(`${name} picture closed`); } };
      const times = { captured_ms, sent_ms, received_ms: sent_ms + 1, preprocessed_ms: sent_ms + 2, invoked_ms: sent_ms + 3, decoded_ms: sent_ms + 4, drawn_ms: sent_ms + 5 };
      return Promise.resolve({ picture, preview: null, decoded: result, times, extra_ms: 0 } as unknown as FrameReply);
    },
    close: () => { told.push(`${name} closed`); },
  };
}

function scene(found: readonly (Decoded | Error)[], bodies: readonly (Decoded | Error)[]) {
  const told: string[] = [];
  const [detector, landmarks] = [session('detector', found, told), session('landmarks', bodies, told)];
  const both = afterDetector(landmarks, { session: detector, rules, settings: { ...settings, input: 'small' } });
  let open = 0;
  const frameOf = (): VideoFrame => {
    let closed = false;
    open++;
    return { clone: frameOf, close: () => { if (!closed) open--; closed = true; } } as unknown as VideoFrame;
  };
  const request = (): FrameRequest => ({ frame: frameOf(), captured_ms: 10, sent_ms: 20 });
  return { told, both, detector, landmarks, request, stillOpen: () => open };
}

test('a detector is asked until something is there, then the landmarks say where to look, until they are lost', async () => {
  const { both, told, request, stillOpen } = scene([foundAt(), foundAt(50, 300), foundAt(80)], [bodyAt(9, 0.3), bodyAt(55, 0.9), bodyAt(60, 0.5), bodyAt(70, 0.4), bodyAt(81, 1)]);
  const replies: FrameReply[] = [];
  for (let frame = 0; frame < 5; frame++) {
    const one = request();
    replies.push(await both.frame(one));
    one.frame.close();
  }
  expect(told).toEqual([
    'detector', 'detector picture closed', 'landmarks',
    'detector', 'detector picture closed', 'landmarks 50',
    'landmarks 55',
    'landmarks 60',
    'detector', 'detector picture closed', 'landmarks 80',
  ]);
  expect(replies.map(({ decoded, located }) => [decoded?.kind, located?.asked])).toEqual([true, true, false, false, true].map((asked) => ['landmarks', asked]));
  expect(stillOpen()).toBe(0);
});

test('what fills the frame is found by the model itself, and followed', async () => {
  const { both, told, request } = scene([foundAt()], [bodyAt(200, 0.9), bodyAt(201, 0.9)]);
  await both.frame(request());
  await both.frame(request());
  expect(told).toEqual(['detector', 'detector picture closed', 'landmarks', 'landmarks 200']);
});

test('the detector’s part of a frame’s time is apart', async () => {
  const { both, request } = scene([foundAt(50)], [bodyAt(55, 0.9), bodyAt(55, 0.9)]);
  const [first, next] = [await both.frame(request()), await both.frame(request())];
  // The second request left when the first one was back.
  expect(first.located?.detect_ms).toBe(first.times.sent_ms - 20);
  expect(first.times.captured_ms).toBe(10);
  expect([next.located?.detect_ms, next.times.sent_ms]).toEqual([0, 20]);
});

test('a model that fails on a frame is asked nothing of the place where it looked', async () => {
  const { both, told, request } = scene([foundAt(50), foundAt(70)], [bodyAt(55, 0.9), new LitescopeError('INVOKE_FAILED'), bodyAt(70, 0.9)]);
  await both.frame(request());
  await expect(both.frame(request())).rejects.toThrow(LitescopeError);
  await both.frame(request());
  expect(told.slice(-3)).toEqual(['detector', 'detector picture closed', 'landmarks 70']);
});

test('settings go to both, the way from a picture to the model to each its own; both end together', async () => {
  const { both, told, detector, landmarks } = scene([], []);
  await both.configureStream({ ...settings, preview: true, drawing: { ...defaultDrawingStyle, mirror: true } });
  expect(detector.configured).toMatchObject([{ input: 'small', preview: true, drawing: { mirror: true } }]);
  expect(landmarks.configured).toMatchObject([{ input: 'picture', preview: true, smoothing: 0.5 }]);
  both.close();
  expect(told).toEqual(['landmarks closed', 'detector closed']);
});
