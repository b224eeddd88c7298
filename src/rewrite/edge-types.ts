import { rewrite as words } from '../messages/rewrite';
import type { Tensor, TensorQuantization } from '../tflite/format/model';
import { dequantizeOperator, isConvertible, quantizeOperator } from './conversions';
import { Draft, type DraftOperator, type GraphDraft } from './draft';
import { tensorNote } from './notes';
import type { Note, Pass } from './pass';

export type EdgeType = 'float32' | 'uint8' | 'int8';

export interface EdgeTypes {
  /** The type that callers give; what is left out stays as it is. */
  readonly inputs?: EdgeType | undefined;
  /** The type that callers get. */
  readonly outputs?: EdgeType | undefined;
}

/** Numbers that the zero point moves by between a type and the signed one. */
const offsets = { uint8: 128, int8: 0 } as const;

/**
 * Changes the types that callers see, and nothing inside. Quantized edges become float32 with a conversion behind or
 * before them. A float edge that is converted right away loses its conversion; one that the model computes with in
 * float cannot become integers, because nobody knows its range: that is what quantizing is for.
 */
export function edgeTypes(wanted: EdgeTypes): Pass {
  return {
    id: 'edge-types',
    title: words.edgeTypes.title,
    purpose: words.edgeTypes.purpose,
    precision: 'rounding',
    apply(model) {
      const draft = new Draft(model);
      const changed: Note[] = [];
      const skipped: Note[] = [];
      // Other subgraphs are called by ops, which expect the types that they have.
      const graph = draft.graphs[0];
      if (graph === undefined) return { model, changed, skipped };
      const report = (tensor: number, text: string | null, obstacle: boolean): void => {
        if (text !== null) (obstacle ? skipped : changed).push(tensorNote(graph, tensor, text));
      };
      for (const [edges, type, change] of [[graph.inputs, wanted.inputs, changeInput], [graph.outputs, wanted.outputs, changeOutput]] as const) {
        if (type === undefined) continue;
        for (const edge of new Set(edges)) {
          const tensor = graph.tensor(edge);
          if (tensor.dtype === type || !(tensor.dtype === 'float32' || isQuantized(tensor))) continue;
          const obstacle = change(draft, graph, tensor, type);
          report(edge, obstacle ?? words.edgeTypes.changed(type, tensor.dtype), obstacle !== null);
        }
      }
      return changed.length === 0 ? { model, changed, skipped } : { model: draft.finish(), changed, skipped };
    },
  };
}

function isQuantized({ dtype, quantization }: Tensor): boolean {
  return isConvertible(dtype) && quantization?.scale.length === 1;
}

/** @returns why the input stays, null when it changed */
function changeInput(draft: Draft, graph: GraphDraft, tensor: Tensor, type: EdgeType): string | null {
  if (graph.outputs.includes(tensor.index)) return words.edgeTypes.isAnOutput;
  if (tensor.dtype !== 'float32') {
    const edge = addEdge(graph, tensor, type);
    graph.operators = [quantizeOperator(draft, edge, tensor.index, tensor.dtype), ...graph.operators];
    graph.exchangeInput(tensor.index, edge);
    return null;
  }
  const readers = graph.operators.filter(({ inputs }) => inputs.includes(tensor.index));
  const [first] = readers;
  if (first === undefined || readers.some((reader) => draft.nameOf(reader) !== 'QUANTIZE')) return words.edgeTypes.inputHasNoRange(type);
  return takeConversion(draft, graph, tensor, first, type);
}

/** Lets the integers that one conversion made be the input, in the type that is wanted. */
function takeConversion(draft: Draft, graph: GraphDraft, tensor: Tensor, conversion: DraftOperator, type: EdgeType): string | null {
  const inside = graph.tensor(conversion.outputs[0]);
  if (!isQuantized(inside) || graph.isEdge(inside.index)) return words.edgeTypes.convertedToNoScale;
  const edge = inside.dtype === type ? inside.index : addEdge(graph, { ...inside, name: tensor.name }, type);
  const others = graph.operators.filter((operator) => operator !== conversion && operator.inputs.includes(tensor.index));
  for (const other of others) other.inputs = [edge];
  graph.operators = graph.operators.flatMap((operator) => (operator !== conversion ? [operator] : edge === inside.index ? [] : [quantizeOperator(draft, edge, inside.index, inside.dtype)]));
  if (edge === inside.index) graph.change(edge, { name: tensor.name });
  graph.exchangeInput(tensor.index, edge);
  return null;
}

/** @returns why the output stays, null when it changed */
function changeOutput(draft: Draft, graph: GraphDraft, tensor: Tensor, type: EdgeType): string | null {
  if (graph.inputs.includes(tensor.index)) return words.edgeTypes.isAnInput;
  if (draft.isConstant(tensor)) return words.edgeTypes.isAConstant;
  if (tensor.dtype !== 'float32') {
    const edge = addEdge(graph, tensor, type);
    graph.operators = [...graph.operators, type === 'float32' ? dequantizeOperator(draft, tensor.index, edge, tensor.dtype) : quantizeOperator(draft, tensor.index, edge, type)];
    graph.exchangeOutput(tensor.index, edge);
    return null;
  }
  const writer = graph.producers().get(tensor.index);
  if (writer === undefined || draft.nameOf(writer) !== 'DEQUANTIZE') return words.edgeTypes.outputHasNoRange(type);
  const inside = graph.tensor(writer.inputs[0]);
  if (!isQuantized(inside) || draft.isConstant(inside) || graph.isEdge(inside.index)) return words.edgeTypes.convertedFromNoScale;
  const read = graph.operators.some(({ inputs }) => inputs.includes(tensor.index));
  let edge = inside.index;
  if (inside.dtype === type) graph.change(edge, { name: tensor.name });
  else edge = addEdge(graph, { ...inside, name: tensor.name }, type);
  graph.operators = [
    ...graph.operators.filter((operator) => operator !== writer || read),
    ...(edge === inside.index ? [] : [quantizeOperator(draft, inside.index, edge, type)]),
  ];
  graph.exchangeOutput(tensor.index, edge);
  return null;
}

/** A tensor for callers in place of one inside, which gives its name away. */
function addEdge(graph: GraphDraft, inside: Tensor, type: EdgeType): number {
  const { name, shape, shapeSignature, hasRank, dtype, quantization } = inside;
  const edge = graph.add({ name, shape, shapeSignature, hasRank, dtype: type, quantization: type === 'float32' || quantization === null ? null : moved(quantization, dtype, type) });
  graph.change(inside.index, { name: `${name}/${dtype}` });
  return edge;
}

/** The same scale around another zero point, so that every number keeps its meaning. */
function moved(quantization: TensorQuantization, from: Tensor['dtype'], to: 'uint8' | 'int8'): TensorQuantization {
  if (from !== 'uint8' && from !== 'int8') {
    // 256 steps over the range of 65536 around zero.
    return { ...quantization, scale: quantization.scale.map((scale) => Math.fround(scale * 256)), zeroPoint: quantization.zeroPoint.map(() => offsets[to]) };
  }
  return { ...quantization, zeroPoint: quantization.zeroPoint.map((zeroPoint) => zeroPoint + offsets[to] - offsets[from]) };
}
