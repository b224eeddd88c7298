import { shadeCutOff } from './cut-off';
import { drawMarks } from './draw';
import { Layer } from '../../frames/shared/draw-layer';
import { MapDrawer } from './draw-map';
import { MaskDrawer } from './draw-mask';
import type { DrawingContext } from './draw-style';
import type { DrawingStyle } from './drawing-style';
import { mirrored } from '../../frames/shared/mirror';
import type { Decoded, Placement } from '../../shared/types';

/**
 * Canvases that take turns. A bitmap shares its canvas's memory until that is drawn on again, and is copied then if it
 * still lives; new memory for every frame costs more than all that is drawn. Of three one is on the page, one on its way
 * there and one free.
 */
const turns = 3;

/** Draws frames with what was found in them, one after the other, on canvases that it keeps. For the page or a worker. */
export class FramePainter {
  readonly #pictures: Layer[] = [];
  #painted = 0;
  #mask: MaskDrawer | null = null;
  #map: MapDrawer | null = null;

  /**
   * @param frame drawn in its own size, `width` × `height` pixels; not closed
   * @param decoded coordinates in pixels of the frame
   * @param placement where the frame lay in the model's input: what was cut off is shaded
   * @returns a new bitmap of the frame's size, to be moved to the page
   */
  async paint(frame: CanvasImageSource, width: number, height: number, decoded: Decoded | null, style: DrawingStyle, placement?: Placement | null): Promise<ImageBitmap> {
    const picture = this.#pictures[this.#painted++ % turns] ??= new Layer();
    this.draw(picture.sized(width, height), frame, { width, height }, decoded, style, placement);
    return createImageBitmap(picture.canvas);
  }

  /**
   * Fills a canvas of any size with a frame and draws what was found: masks as the style says, maps, depths and pictures over
   * the frame, boxes, points and skeletons on top; classes get nothing, they are a list beside the picture. Pixels are
   * mirrored as a whole, letters only in their places. The context's state is left as it was.
   *
   * @param context one that starts at the canvas's origin, at scale 1
   * @param frame null leaves an empty canvas under the marks
   * @param size of the frame in its own pixels, which all coordinates of `decoded` refer to
   * @param placement where the frame lay in the model's input: what was cut off is shaded; without it nothing is
   */
  draw(context: DrawingContext, frame: CanvasImageSource | null, size: { readonly width: number; readonly height: number }, decoded: Decoded | null, style: DrawingStyle, placement?: Placement | null): void {
    const { canvas: { width, height } } = context;
    context.save();
    // A picture with transparent parts would show what was drawn before.
    context.clearRect(0, 0, width, height);
    if (style.mirror) {
      context.translate(width, 0);
      context.scale(-1, 1);
    }
    if (frame !== null && decoded?.kind === 'mask') (this.#mask ??= new MaskDrawer()).draw(context, frame, decoded, style);
    else if (frame !== null) context.drawImage(frame, 0, 0, width, height);
    if (decoded?.kind === 'class-map' || decoded?.kind === 'depth' || decoded?.kind === 'instances' || decoded?.kind === 'picture') (this.#map ??= new MapDrawer()).draw(context, decoded, style.cover);
    // Marks may reach over what the model saw, and lie above the shade.
    if (placement !== undefined && placement !== null) shadeCutOff(context, placement);
    context.restore();
    if (decoded !== null) drawMarks(context, style.mirror ? mirrored(decoded, size.width) : decoded, size, width / size.width);
  }
}
