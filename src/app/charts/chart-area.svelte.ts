/** Room around a plot in pixels, for its axes and their names. */
export interface Margin {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where a chart draws: as wide as the page lets it, of fixed height. All in CSS pixels. */
export class ChartArea {
  readonly margin: Margin;
  /** Of the plot. */
  readonly height: number;
  readonly #least: number;
  /** Of the whole chart; the frame keeps it up to date. */
  outerWidth: number;

  /** @param least width of the plot */
  constructor(margin: Margin, height: number, least = 120) {
    this.margin = margin;
    this.height = height;
    this.#least = least;
    this.outerWidth = $state(480);
  }

  /** Of the plot. */
  get width(): number {
    return Math.max(this.#least, this.outerWidth - this.margin.left - this.margin.right);
  }

  get outerHeight(): number {
    return this.height + this.margin.top + this.margin.bottom;
  }

  /** About how many names fit side by side. */
  get names(): number {
    return Math.max(2, Math.floor(this.width / 90));
  }

  /** How a text at a place is aligned, so that half of its length on either side would not leave the plot. */
  anchor(x: number, half: number): 'start' | 'middle' | 'end' {
    return x > this.width - half ? 'end' : x < half ? 'start' : 'middle';
  }
}
