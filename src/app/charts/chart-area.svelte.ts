import { nameWidth } from './chart-ticks';

/** Room around a plot in pixels, for its axes and their names. */
interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Above, so that the vertical axis' title stands clear of its highest tick; below, for names and the title. */
const around = { top: 28, right: 12, bottom: 38 } as const;
const leastLeft = 30;
/** Longer names than these are of no measurement that a page can make. */
const mostLeft = 96;
/** From a name to the axis, and at the outer edge. */
const besideNames = 10;

/** Where a chart draws: as wide as the page lets it, of fixed height. All in CSS pixels. */
export class ChartArea {
  /** Of the plot. */
  readonly height: number;
  readonly #least: number;
  #left = $state(leastLeft);
  /** Of the whole chart; the frame keeps it up to date. */
  outerWidth: number;

  /** @param least width of the plot */
  constructor(height: number, least = 120) {
    this.height = height;
    this.#least = least;
    this.outerWidth = $state(480);
  }

  get margin(): Margin {
    return { ...around, left: this.#left };
  }

  /** Of the plot. */
  get width(): number {
    return Math.max(this.#least, this.outerWidth - around.right - this.#left);
  }

  get outerHeight(): number {
    return this.height + around.top + around.bottom;
  }

  /** About how many names fit side by side. */
  get names(): number {
    return Math.max(2, Math.floor(this.width / 90));
  }

  /** Takes as much room at the left as the names of the vertical axis need. */
  makeRoom(names: readonly string[]): void {
    this.#left = names.reduce((most, name) => Math.max(most, Math.min(mostLeft, Math.ceil(nameWidth(name)) + besideNames)), leastLeft);
  }

  /** How a text at a place is aligned, so that half of its length on either side would not leave the plot. */
  anchor(x: number, half: number): 'start' | 'middle' | 'end' {
    return x > this.width - half ? 'end' : x < half ? 'start' : 'middle';
  }
}
