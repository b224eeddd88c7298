import type { OverlayFormat } from '../../graph/overlays/shared/overlay';
import { graphView as text } from '../../messages/graph-view';
import type { OpNumberSets } from './op-number-sets.svelte';
import { saveFile } from '../files/save-file';
import type { GraphColouring } from './graph-colouring.svelte';
import type { GraphState } from './graph-state.svelte';

export type GraphExport = 'svg' | 'png' | 'csv' | OverlayFormat;

/** Saves the drawing as a picture, its ops as a table, or the numbers that it is coloured by. Errors are LitescopeErrors. */
export async function exportGraph(what: GraphExport, modelName: string, { layout, graph, client }: GraphState, { palette, fills, times, chosen }: GraphColouring): Promise<void> {
  if (layout === null || graph === null) return;
  const name = modelName.replace(/\.(tflite|lite)$/i, '');
  const style = { palette, fills, times, title: modelName };
  if (what === 'svg') saveFile(`${name}.svg`, 'image/svg+xml', await client.remote.svg({ layout, style }));
  else if (what === 'png') saveFile(`${name}.png`, 'image/png', await client.remote.png({ layout, style }));
  else if (what === 'csv') saveFile(`${name}.ops.csv`, 'text/csv', await client.remote.csv(graph.index));
  else if (chosen !== null) saveFile(`${name}.${what}.json`, 'application/json', await client.remote.writeOverlay({ format: what, numbers: chosen }));
}

/** Colours the graph by the first of a file's numbers and says what became of the rest. */
export async function loadOverlay(file: File, { client }: GraphState, sets: OpNumberSets): Promise<string> {
  const { sets: read, unmatched } = await client.remote.readOverlay(file);
  sets.drop('file');
  for (const set of read) sets.put(set);
  sets.choose(read[0]?.id ?? '');
  return unmatched === 0 ? text.coloured(file.name) : text.colouredInPart(file.name, unmatched);
}
