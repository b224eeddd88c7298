import type { Family } from '../../model/shared/families';
import type { Point } from './level-types';

/** A laid out node; groups come before what they hold. */
export interface PlacedNode {
  /** `op 12`, `input 0`, `output 3` with the tensor's index, or the group's own id. */
  readonly id: string;
  readonly kind: 'op' | 'input' | 'output' | 'group' | 'open-group';
  /** Ops that the node stands for: one for an op, all inside for a group. */
  readonly ops: readonly number[];
  /** Of inputs and outputs; −1 for others. */
  readonly tensor: number;
  readonly title: string;
  /** Beside the title, or on a line of its own where it stands among `lines`. */
  readonly fact: string;
  readonly lines: readonly string[];
  readonly family: Family | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge {
  readonly tensor: number;
  /** From end to end, in straight lines; their corners are rounded when they are drawn. */
  readonly points: readonly Point[];
  /** Whether it ends at a node, and not at the border of a group inside of which it goes on. */
  readonly arrives: boolean;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A graph as it is drawn, in CSS pixels at a zoom of 1. */
export interface GraphLayout {
  readonly graph: number;
  readonly width: number;
  readonly height: number;
  /** Ids of all groups that can be opened and closed, at any depth. */
  readonly groups: readonly string[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** An area, in the drawing's own pixels. */
export interface Page {
  readonly width: number;
  readonly height: number;
}

export interface LayoutRequest {
  /** Index of the subgraph. */
  readonly graph: number;
  /** Ids of groups that are shown as one node. */
  readonly closed: readonly string[];
  /** Whether ops that read constants alone are left out, and their constants shown in the ops that use them. */
  readonly folded: boolean;
  /** The area to fill with columns; null for one column. */
  readonly page: Page | null;
}
