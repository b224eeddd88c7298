import type { GraphLayout } from '../../layout/shared/layout-types';
import type { Palette } from './palette';

/** How the drawing looks when it becomes a file. */
export interface ExportStyle {
  readonly palette: Palette;
  /** Colours by node id, where the drawing is coloured by a number. */
  readonly fills: ReadonlyMap<string, string>;
  readonly title: string;
}

/** What becomes a file. */
export interface Drawing {
  readonly layout: GraphLayout;
  readonly style: ExportStyle;
}
