import { operatorPlace, tensorPlace } from '../tflite/format/model';
import type { Draft, DraftOperator, GraphDraft } from './draft';
import type { Note } from './pass';

/** Where an op of a draft is, by its place among the ops that the draft has now. */
export function operatorNote(draft: Draft, graph: GraphDraft, operator: DraftOperator, text: string): Note {
  return { place: operatorPlace(graph.index, graph.operators.indexOf(operator), draft.nameOf(operator)), text };
}

export function tensorNote(graph: GraphDraft, tensor: number, text: string): Note {
  return { place: tensorPlace(graph.index, tensor), text };
}
