import type { Box, Decoded, Point } from '../../shared/types';

/** What was found, as a mirror shows it: coordinates flipped within the frame's width. Maps and pictures are flipped where they are drawn. */
export function mirrored(decoded: Decoded, frameWidth: number): Decoded {
  const flip = (point: Point): Point => ({ ...point, x: frameWidth - point.x });
  const flipBox = (box: Box): Box => ({ ...box, x: frameWidth - box.x - box.width });
  switch (decoded.kind) {
    case 'detections':
    case 'instances':
      return {
        ...decoded,
        detections: decoded.detections.map((detection) => ({
          ...detection,
          box: flipBox(detection.box),
          ...(detection.angle === undefined ? {} : { angle: -detection.angle }),
          keypoints: detection.keypoints.map(flip),
        })),
      };
    case 'landmarks': return { ...decoded, points: decoded.points.map(flip) };
    case 'skeletons':
      return {
        ...decoded,
        skeletons: decoded.skeletons.map(({ points, score, box }) => ({ points: points.map(flip), score, ...(box === undefined ? {} : { box: flipBox(box) }) })),
      };
    // The others have no places, or are flipped with the frame.
    default: return decoded;
  }
}
