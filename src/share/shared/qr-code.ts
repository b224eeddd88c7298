export interface QrCode {
  /** Modules in each direction, with the quiet zone around. */
  readonly size: number;
  /** The dark modules as an SVG path in units of a module. */
  readonly path: string;
}
