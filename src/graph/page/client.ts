import { OwnedWorker, type CallOptions } from '../../threads/page/owned-worker';
import type { GraphLayout, LayoutRequest } from '../layout/shared/layout-types';
import type { OpNumbers } from '../model/page/op-numbers';
import type { Overlay, OverlayFormat } from '../overlays/worker/overlays';
import type { ExportStyle, GraphWorker } from '../shared/protocol';
import type { GraphModel } from '../model/shared/types';

/** The page's side of the worker that reads a model's graphs, lays them out, searches and exports them. Errors are LitescopeErrors. */
export class GraphClient {
  readonly #worker = new OwnedWorker<GraphWorker>(new Worker(new URL('../worker/graph.worker.ts', import.meta.url), { type: 'module', name: 'litescope-graph' }));

  open(file: Blob, options?: CallOptions): Promise<GraphModel> {
    return this.#worker.call((remote) => remote.open(file), options);
  }

  layout(request: LayoutRequest): Promise<GraphLayout> {
    return this.#worker.call((remote) => remote.layout(request));
  }

  search(graph: number, query: string): Promise<readonly number[]> {
    return this.#worker.call((remote) => remote.search(graph, query));
  }

  svg(layout: GraphLayout, style: ExportStyle): Promise<string> {
    return this.#worker.call((remote) => remote.svg(layout, style));
  }

  png(layout: GraphLayout, style: ExportStyle): Promise<Blob> {
    return this.#worker.call((remote) => remote.png(layout, style));
  }

  csv(graph: number): Promise<string> {
    return this.#worker.call((remote) => remote.csv(graph));
  }

  readOverlay(file: File): Promise<Overlay> {
    return this.#worker.call((remote) => remote.readOverlay(file, file.name));
  }

  writeOverlay(format: OverlayFormat, numbers: OpNumbers): Promise<string> {
    return this.#worker.call((remote) => remote.writeOverlay(format, numbers));
  }

  /** Ends the worker; calls that are under way reject with SESSION_CLOSED. */
  close(): void {
    this.#worker.terminate();
  }
}
