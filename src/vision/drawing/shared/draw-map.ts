import { classColour } from './class-colours';
import { colourWord, Layer } from '../../frames/shared/draw-layer';
import { depthTable } from './depth-colours';
import type { DrawingContext } from './draw-style';
import { mapArea } from './map-area';
import type { DecodedAs } from '../../shared/types';

/** What covers a frame pixel by pixel. */
export type DrawnMap = DecodedAs<'class-map'> | DecodedAs<'depth'> | DecodedAs<'instances'> | DecodedAs<'picture'>;

/** Draws maps of classes, masks of objects, depths and a model's pictures over a frame that already fills the canvas. */
export class MapDrawer {
  readonly #layer = new Layer();
  /** Of any class; what the legend does not name is not in the picture, but may be in a letterbox's bars. */
  #colours: Uint32Array | null = null;
  #depths: Uint32Array | null = null;

  /** @param cover 0 (nothing of it) to 1 (nothing of the frame) */
  draw(context: DrawingContext, decoded: DrawnMap, cover: number): void {
    const layer = this.#layerOf(decoded);
    context.globalAlpha = cover;
    context.drawImage(layer, ...mapArea(decoded, context.canvas.width, context.canvas.height));
    context.globalAlpha = 1;
  }

  #layerOf(decoded: DrawnMap): OffscreenCanvas {
    switch (decoded.kind) {
      case 'class-map': return this.#classLayer(decoded);
      case 'depth': return this.#layer.paint(decoded.nearness, decoded.width, decoded.height, this.#depths ??= depthTable());
      case 'instances': return this.#instanceLayer(decoded);
      case 'picture': return this.#pictureLayer(decoded);
    }
  }

  #classLayer({ ids, width, height, legend }: DecodedAs<'class-map'>): OffscreenCanvas {
    this.#colours ??= new Uint32Array(65536);
    for (const { index, colour } of legend) this.#colours[index] = colour === null ? 0 : colourWord(colour, 255);
    return this.#layer.paint(ids, width, height, this.#colours);
  }

  #instanceLayer({ ids, width, height, detections }: DecodedAs<'instances'>): OffscreenCanvas {
    const colours = Uint32Array.from([0, ...detections.map((_, index) => colourWord(classColour(index), 255))]);
    return this.#layer.paint(ids, width, height, colours);
  }

  #pictureLayer({ pixels, width, height }: DecodedAs<'picture'>): OffscreenCanvas {
    this.#layer.sized(width, height).putImageData(new ImageData(pixels, width, height), 0, 0);
    return this.#layer.canvas;
  }
}
