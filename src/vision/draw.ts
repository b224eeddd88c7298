import { drawDetections } from './draw-detections';
import { drawLandmarks } from './draw-landmarks';
import { drawMask } from './draw-mask';
import { strokeFor, type DrawingContext } from './draw-style';
import type { Decoded } from './types';

export type { DrawingContext } from './draw-style';

/**
 * Draws what a decoder found over a picture that already fills the canvas from its origin. Boxes get their score and key
 * points, landmarks their skeleton, a mask a tint; classes get nothing, they are a list beside the picture. The
 * context's state is left as it was.
 *
 * @param source size of the picture in its own pixels, which all coordinates of `decoded` refer to
 * @param scale canvas pixels for one pixel of the source, device pixel ratio included
 */
export function draw(context: DrawingContext, decoded: Decoded, source: { readonly width: number; readonly height: number }, scale: number): void {
  const stroke = strokeFor(source.width * scale, source.height * scale);
  context.save();
  switch (decoded.kind) {
    case 'detections': drawDetections(context, decoded.detections, scale, stroke); break;
    case 'landmarks': drawLandmarks(context, decoded, scale, stroke); break;
    case 'mask': drawMask(context, decoded, source, scale); break;
    case 'classes': break;
  }
  context.restore();
}
