import type { Placement, Preprocessing } from '../../shared/types';

/**
 * Where a picture of `sourceWidth` × `sourceHeight` pixels comes to lie in an input of `targetWidth` × `targetHeight`.
 * Offsets stay fractional: resampling reads at exact positions, so that the way back through the placement is exact too.
 */
export function placementFor(fit: Preprocessing['fit'], sourceWidth: number, sourceHeight: number, targetWidth: number, targetHeight: number): Placement {
  const horizontal = targetWidth / sourceWidth;
  const vertical = targetHeight / sourceHeight;
  const both = fit === 'letterbox' ? Math.min(horizontal, vertical) : Math.max(horizontal, vertical);
  const scaleX = fit === 'stretch' ? horizontal : both;
  const scaleY = fit === 'stretch' ? vertical : both;
  return {
    sourceWidth, sourceHeight, targetWidth, targetHeight, scaleX, scaleY,
    offsetX: fit === 'stretch' ? 0 : (targetWidth - sourceWidth * scaleX) / 2,
    offsetY: fit === 'stretch' ? 0 : (targetHeight - sourceHeight * scaleY) / 2,
  };
}

/** Whether two pictures lie in the input in the same way. */
export function samePlacement(one: Placement, other: Placement): boolean {
  return one.sourceWidth === other.sourceWidth && one.sourceHeight === other.sourceHeight
    && one.targetWidth === other.targetWidth && one.targetHeight === other.targetHeight
    && one.scaleX === other.scaleX && one.scaleY === other.scaleY && one.offsetX === other.offsetX && one.offsetY === other.offsetY;
}

/** From pixels of the input tensor back to pixels of the source picture, horizontally. */
export function toSourceX(placement: Placement, x: number): number {
  return (x - placement.offsetX) / placement.scaleX;
}

/** From pixels of the input tensor back to pixels of the source picture, vertically. */
export function toSourceY(placement: Placement, y: number): number {
  return (y - placement.offsetY) / placement.scaleY;
}

/** The same placement for an output map of another resolution than the input that it describes. */
export function rescalePlacement(placement: Placement, targetWidth: number, targetHeight: number): Placement {
  const horizontal = targetWidth / placement.targetWidth;
  const vertical = targetHeight / placement.targetHeight;
  return {
    ...placement,
    targetWidth,
    targetHeight,
    scaleX: placement.scaleX * horizontal,
    scaleY: placement.scaleY * vertical,
    offsetX: placement.offsetX * horizontal,
    offsetY: placement.offsetY * vertical,
  };
}
