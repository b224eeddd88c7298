/** Types only: what crosses the boundary between the page and the worker that lays graphs out. */
import type { Result } from '../../threads/shared/result';
import type { GraphLayout, LayoutRequest } from '../layout/shared/layout-types';
import type { OpNumbers } from '../model/page/op-numbers';
import type { Overlay, OverlayFormat } from '../overlays/worker/overlays';
import type { Palette } from '../drawing/page/palette';
import type { GraphModel } from '../model/shared/types';

/** How the drawing looks when it becomes a file. */
export interface ExportStyle {
  readonly palette: Palette;
  /** Colours by node id, where the drawing is coloured by a number. */
  readonly fills: ReadonlyMap<string, string>;
  readonly title: string;
}

/** The worker's side; it holds one model. */
export interface GraphWorker {
  /** Errors: those of damaged models, and FILE_UNREADABLE. */
  open(file: Blob): Promise<Result<GraphModel>>;
  layout(request: LayoutRequest): Promise<Result<GraphLayout>>;
  /** Ops, in order; see SearchIndex. */
  search(graph: number, query: string): Promise<Result<readonly number[]>>;
  svg(layout: GraphLayout, style: ExportStyle): Promise<Result<string>>;
  /** Errors: OUT_OF_MEMORY where the browser makes no picture of it. */
  png(layout: GraphLayout, style: ExportStyle): Promise<Result<Blob>>;
  csv(graph: number): Promise<Result<string>>;
  /** Errors: INVALID_OVERLAY, OVERLAY_MISMATCH, FILE_UNREADABLE. */
  readOverlay(file: Blob, name: string): Promise<Result<Overlay>>;
  writeOverlay(format: OverlayFormat, numbers: OpNumbers): Promise<Result<string>>;
  /** Layouts are short and cannot be stopped half-way; here for the owner, which then ends the worker. */
  cancel(): void;
}
