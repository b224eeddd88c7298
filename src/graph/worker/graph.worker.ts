import * as comlink from 'comlink';
import { toResult } from '../../threads/shared/result';
import { LitescopeError } from '../../errors';
import { openModel } from '../../tflite/format/verify/verify';
import { buildGraphs } from '../model/worker/build-graph';
import { opsAsCsv } from '../model/worker/csv';
import { layoutGraph } from '../layout/worker/layout';
import type { GraphLayout } from '../layout/shared/layout-types';
import { largestOverlayBytes, readOverlay, writeOverlay } from '../overlays/worker/overlays';
import { Painter, noEmphasis } from '../drawing/shared/paint';
import type { ExportStyle, GraphWorker } from '../shared/protocol';
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
  if (model === null) throw new LitescopeError('UNKNOWN_MODEL', 'The graph of no model is open.');
  return model;
}

function graphAt(index: number): Graph {
  const graph = opened().graphs[index];
  if (graph === undefined) throw new LitescopeError('UNKNOWN_MODEL', `The model has no subgraph ${index}.`);
  return graph;
}

async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw LitescopeError.from(error, 'FILE_UNREADABLE');
  }
}

async function paintPng(layout: GraphLayout, { palette, fills }: ExportStyle): Promise<Blob> {
  const density = Math.min(pictureDensity, largestSide / layout.width, largestSide / layout.height, Math.sqrt(largestArea / (layout.width * layout.height)));
  try {
    const canvas = new OffscreenCanvas(Math.ceil(layout.width * density), Math.ceil(layout.height * density));
    const pen = canvas.getContext('2d');
    if (pen === null) throw new LitescopeError('OUT_OF_MEMORY', 'The browser gave no canvas.');
    new Painter().paint(pen, { layout, palette, fills, emphasis: noEmphasis }, { x: 0, y: 0, zoom: 1 }, layout.width, layout.height, density);
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch (error) {
    throw LitescopeError.from(error, 'OUT_OF_MEMORY');
  }
}

const worker: GraphWorker = {
  open: (file) => toResult(async () => {
    model = buildGraphs(openModel(await bytesOf(file)));
    indices.clear();
    return model;
  }),
  layout: (request) => toResult(() => layoutGraph(graphAt(request.graph), request)),
  search: (graph, query) => toResult(() => {
    const index = indices.get(graph) ?? new SearchIndex(graphAt(graph));
    indices.set(graph, index);
    return index.find(query);
  }),
  svg: (layout, { palette, fills, title }) => toResult(() => graphAsSvg(layout, palette, fills, title)),
  png: (layout, style) => toResult(paintPng(layout, style)),
  csv: (graph) => toResult(() => opsAsCsv(graphAt(graph))),
  readOverlay: (file, name) => toResult(async () => {
    if (file.size > largestOverlayBytes) throw new LitescopeError('INVALID_OVERLAY', `${name} has ${file.size} bytes; at most ${largestOverlayBytes} are read.`);
    return readOverlay(new TextDecoder().decode(await bytesOf(file)), name, opened());
  }),
  writeOverlay: (format, numbers) => toResult(() => writeOverlay(format, numbers, opened())),
  cancel: () => undefined,
};

comlink.expose(worker);
