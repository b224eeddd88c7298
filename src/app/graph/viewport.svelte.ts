import type { View } from '../../graph/drawing/shared/paint';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const least = 0.01;
const greatest = 4;
/** Around a drawing that is fitted. */
const margin = 8;
/** From this zoom on no text in a node is smaller than 12 pixels. */
export const readableZoom = 1;
/** Around a drawing, as the layout leaves it. */
export const drawingMargin = 24;
const glide_ms = 180;

/** Which part of a drawing is seen, and how large. */
export class Viewport {
  #view = $state.raw<View>({ x: 0, y: 0, zoom: 1 });
  width = $state(0);
  height = $state(0);
  #glide = 0;

  get view(): View {
    return this.#view;
  }

  /** @param dx screen pixels */
  pan(dx: number, dy: number): void {
    this.#set({ ...this.#view, x: this.#view.x - dx / this.#view.zoom, y: this.#view.y - dy / this.#view.zoom });
  }

  /** Zooms with the point of the drawing that lies at a place of the screen staying there. */
  zoomAt(factor: number, x = this.width / 2, y = this.height / 2): void {
    const { view } = this;
    const zoom = Math.min(greatest, Math.max(least, view.zoom * factor));
    this.#set({ x: view.x + x / view.zoom - x / zoom, y: view.y + y / view.zoom - y / zoom, zoom });
  }

  /** The whole drawing. */
  fit(drawing: { readonly width: number; readonly height: number }): void {
    const zoom = Math.min(1.25, Math.max(least, Math.min((this.width - 2 * margin) / drawing.width, (this.height - 2 * margin) / drawing.height)));
    this.#set({ x: (drawing.width - this.width / zoom) / 2, y: (drawing.height - this.height / zoom) / 2, zoom });
  }

  /** The whole drawing where it can be read then, else its beginning, large enough to be read. */
  begin(drawing: { readonly width: number; readonly height: number }, start: Rectangle | undefined): void {
    this.fit(drawing);
    if (this.#view.zoom >= readableZoom || start === undefined) return;
    const zoom = readableZoom;
    const wide = drawing.width * zoom > this.width;
    const x = wide ? Math.min(start.x + start.width / 2 - this.width / zoom / 2, drawing.width - this.width / zoom + margin) : (drawing.width - this.width / zoom) / 2;
    this.#set({ x: wide ? Math.max(x, -margin) : x, y: Math.min(start.y - 24, 0), zoom });
  }

  /** Whether all of a drawing is seen. */
  seesAll(drawing: { readonly width: number; readonly height: number }): boolean {
    const { x, y, zoom } = this.#view;
    return x <= 0 && y <= 0 && x + this.width / zoom >= drawing.width && y + this.height / zoom >= drawing.height;
  }

  /** Moves with a part that has another place now: on the screen it stays where it was. */
  follow(before: Rectangle, after: Rectangle): void {
    this.#set({ ...this.#view, x: this.#view.x + after.x - before.x, y: this.#view.y + after.y - before.y });
  }

  /** The middle of what is seen, in the drawing. */
  get middle(): { readonly x: number; readonly y: number } {
    return this.toDrawing(this.width / 2, this.height / 2);
  }

  /** Moves the least that shows a part whole, or to its middle. */
  show(part: Rectangle, where: 'visible' | 'middle', zoom = this.#view.zoom): void {
    const [width, height] = [this.width / zoom, this.height / zoom];
    const edge = 40 / zoom;
    const seen = zoom === this.#view.zoom && part.x >= this.#view.x && part.x + part.width <= this.#view.x + width && part.y >= this.#view.y && part.y + part.height <= this.#view.y + height;
    if (where === 'visible' && seen) return;
    const along = (from: number, size: number, view: number, room: number): number => {
      if (where === 'middle' || size + 2 * edge > room) return from + size / 2 - room / 2;
      return Math.min(Math.max(view, from + size + edge - room), from - edge);
    };
    this.#glideTo({ x: along(part.x, part.width, this.#view.x, width), y: along(part.y, part.height, this.#view.y, height), zoom });
  }

  /** Looks at a point of the drawing. */
  lookAt(x: number, y: number): void {
    this.#set({ ...this.#view, x: x - this.width / this.#view.zoom / 2, y: y - this.height / this.#view.zoom / 2 });
  }

  /** Where a point of the screen lies in the drawing. */
  toDrawing(x: number, y: number): { readonly x: number; readonly y: number } {
    return { x: this.#view.x + x / this.#view.zoom, y: this.#view.y + y / this.#view.zoom };
  }

  #set(view: View): void {
    cancelAnimationFrame(this.#glide);
    this.#view = view;
  }

  #glideTo(target: View): void {
    cancelAnimationFrame(this.#glide);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#view = target;
      return;
    }
    const from = this.#view;
    const started = performance.now();
    const step = (now: number): void => {
      const share = Math.min(1, Math.max(0, (now - started) / glide_ms));
      const eased = 1 - (1 - share) ** 3;
      const between = (start: number, end: number): number => start + (end - start) * eased;
      this.#view = share === 1 ? target : { x: between(from.x, target.x), y: between(from.y, target.y), zoom: between(from.zoom, target.zoom) };
      if (share < 1) this.#glide = requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }
}
