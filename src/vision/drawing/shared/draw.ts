import { drawDetections } from './draw-detections';
import { drawLandmarks, drawSkeletons } from './draw-landmarks';
import { strokeFor, type DrawingContext } from './draw-style';
import type { Decoded } from '../../shared/types';

export type { DrawingContext } from './draw-style';

/**
 * Draws boxes with their scores and key points, landmarks and bodies with their lines; nothing for what is not lines.
 * The context's state is left as it was.
 *
 * @param source size of the picture in its own pixels, which all coordinates of `decoded` refer to
 * @param scale canvas pixels for one pixel of the source, device pixel ratio included
 */
export function drawMarks(context: DrawingContext, decoded: Decoded, source: { readonly width: number; readonly height: number }, scale: number): void {
  const stroke = strokeFor(source.width * scale, source.height * scale);
  context.save();
  switch (decoded.kind) {
    case 'instances':
    case 'detections': drawDetections(context, decoded.detections, scale, stroke); break;
    case 'landmarks': drawLandmarks(context, decoded, scale, stroke); break;
    case 'skeletons': drawSkeletons(context, decoded, scale, stroke); break;
    default: break;
  }
  context.restore();
}
