import type { GraphLayout } from '../../layout/shared/layout-types';
import type { Palette } from './palette';

/** Colours of nodes by their ids, where the drawing is coloured by a number; null for those that have none. */
export type NodeFills = ReadonlyMap<string, string | null>;
export const noFills: NodeFills = new Map();
/** What was measured for nodes, by their ids: `0.594 ms`. */
export type NodeTimes = ReadonlyMap<string, string>;

/** How the drawing looks when it becomes a file. */
export interface ExportStyle {
  readonly palette: Palette;
  readonly fills: NodeFills;
  readonly times: NodeTimes;
  readonly title: string;
}

/** What becomes a file. */
export interface Drawing {
  readonly layout: GraphLayout;
  readonly style: ExportStyle;
}
