import { serve } from '../../threads/worker/serve';
import { LitescopeError } from '../../errors';
import { graph as text } from '../../messages/graph';
import { readBytes } from '../../tensor/read-file';
import { readModelFile } from '../../tflite/format/read-model-file';
import { buildGraphs } from '../model/worker/build-graph';
import { opsAsCsv } from '../model/worker/csv';
import { layoutGraph } from '../layout/worker/layout';
import type { GraphLayout, LayoutRequest } from '../layout/shared/layout-types';
import { largestOverlayBytes, readOverlay, writeOverlay } from '../overlays/worker/overlays';
import { Painter, noEmphasis } from '../drawing/shared/paint';
import type { Drawing, ExportStyle } from '../drawing/shared/export-style';
import type { OpNumbers } from '../model/shared/op-numbers';
import type { Overlay, OverlayFormat } from '../overlays/shared/overlay';
import { SearchIndex } from '../model/worker/search';
import { graphAsSvg } from '../drawing/shared/svg';
import type { Graph, GraphModel } from '../model/shared/types';

/** Pixels for each CSS pixel of a picture, and what browsers make canvases of. */
const pictureDensity = 2;
const largestSide = 16_000;
const largestArea = 120_000_000;

let model: GraphModel | null = null;
const indices = new Map<number, SearchIndex>();

function opened(): GraphModel {
  if (model === null) throw new LitescopeError('UNKNOWN_MODEL', text.nothingOpen);
  return model;
}

function graphAt(index: number): Graph {
  const graph = opened().graphs[index];
  if (graph === undefined) throw new LitescopeError('UNKNOWN_MODEL', text.noSubgraph(index));
  return graph;
}

async function paintPng(layout: GraphLayout, style: ExportStyle): Promise<Blob> {
  const density = Math.min(pictureDensity, largestSide / layout.width, largestSide / layout.height, Math.sqrt(largestArea / (layout.width * layout.height)));
  try {
    const canvas = new OffscreenCanvas(Math.ceil(layout.width * density), Math.ceil(layout.height * density));
    const pen = canvas.getContext('2d');
    if (pen === null) throw new LitescopeError('OUT_OF_MEMORY', text.noCanvas);
    new Painter().paint(pen, { ...style, layout, emphasis: noEmphasis }, { x: 0, y: 0, zoom: 1 }, layout.width, layout.height, density);
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch (error) {
    throw LitescopeError.from(error, 'OUT_OF_MEMORY');
  }
}

const methods = {
  /** The worker holds one model. Errors: those of damaged models, and FILE_UNREADABLE. */
  async open(file: Blob): Promise<GraphModel> {
    model = buildGraphs(await readModelFile(file));
    indices.clear();
    return model;
  },
  layout: (request: LayoutRequest): GraphLayout => layoutGraph(graphAt(request.graph), request),
  /** Ops, in order; see SearchIndex. */
  search({ graph, query }: { readonly graph: number; readonly query: string }): readonly number[] {
    const index = indices.get(graph) ?? new SearchIndex(graphAt(graph));
    indices.set(graph, index);
    return index.find(query);
  },
  svg: ({ layout, style }: Drawing): string => graphAsSvg(layout, style),
  /** Errors: OUT_OF_MEMORY where the browser makes no picture of it. */
  png: ({ layout, style }: Drawing): Promise<Blob> => paintPng(layout, style),
  csv: (graph: number): string => opsAsCsv(graphAt(graph)),
  /** Errors: INVALID_OVERLAY, OVERLAY_MISMATCH, FILE_UNREADABLE. */
  async readOverlay(file: File): Promise<Overlay> {
    const { name } = file;
    if (file.size > largestOverlayBytes) throw new LitescopeError('INVALID_OVERLAY', text.tooLarge(name, file.size, largestOverlayBytes));
    return readOverlay(new TextDecoder().decode(await readBytes(file)), name, opened());
  },
  writeOverlay: ({ format, numbers }: { readonly format: OverlayFormat; readonly numbers: OpNumbers }): string => writeOverlay(format, numbers, opened()),
};

export type GraphMethods = typeof methods;

serve(methods);
