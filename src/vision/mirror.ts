import type { Decoded, Point } from './types';

/** What was found, as a mirror shows it: coordinates flipped within the frame's width. Masks are flipped where they are drawn. */
export function mirrored(decoded: Decoded, frameWidth: number): Decoded {
  const flip = (point: Point): Point => ({ ...point, x: frameWidth - point.x });
  switch (decoded.kind) {
    case 'detections':
      return {
        ...decoded,
        detections: decoded.detections.map((detection) => ({
          ...detection,
          box: { ...detection.box, x: frameWidth - detection.box.x - detection.box.width },
          keypoints: detection.keypoints.map(flip),
        })),
      };
    case 'landmarks': return { ...decoded, points: decoded.points.map(flip) };
    // The others have no places, or are flipped with the frame.
    default: return decoded;
  }
}
