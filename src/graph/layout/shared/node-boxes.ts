import type { PlacedNode } from './layout-types';
import type { OutlineGroup } from '../../model/shared/groups';
import { shapeText } from '../../model/shared/shape-text';
import type { FoldedConstant, Graph, GraphOp } from '../../model/shared/types';
import { graph as words } from '../../../messages/graph';

/** Measures of nodes, shared by layout, drawing and export. Text is set in a monospaced face so that a worker can tell its width, and none of it is smaller than 12 pixels. */
export const nodeMetrics = {
  width: 240,
  paddingLeft: 15,
  paddingRight: 11,
  paddingBlock: 8,
  titleSize: 13,
  titleLine: 18,
  lineSize: 12,
  line: 16,
  radius: 6,
  groupHead: 26,
  groupPadding: 14,
  /** Between what stands beside each other in a line. */
  gap: 10,
  /** Characters for a time at the end of the title's line, kept free so that nothing moves when times are measured: `0.594 ms`. */
  timeLength: 8,
  /** Of a monospaced character, for each pixel of type size. */
  advance: 0.602,
} as const;

/** East Asian characters, which are as wide as they are high in every face. */
const wideCharacters = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** How wide a text is in the drawing's own pixels. */
export function textWidth(text: string, size: number): number {
  const wide = text.match(wideCharacters)?.length ?? 0;
  return ((text.length - wide) * nodeMetrics.advance + wide) * size;
}

/** A node without its place. */
export type NodeBox = Omit<PlacedNode, 'x' | 'y'>;

/** Lines of constants; more are counted. */
const mostConstants = 3;

export function opBox(op: GraphOp, folded: boolean): NodeBox {
  const constants = constantLines(op, folded);
  const { width, paddingLeft, paddingRight, titleSize, lineSize, gap, timeLength } = nodeMetrics;
  const needed = textWidth(op.name, titleSize) + gap + textWidth(op.fact, lineSize) + gap + timeLength * lineSize * nodeMetrics.advance;
  const beside = needed <= width - paddingLeft - paddingRight;
  const calls = op.calls.length === 0 ? [] : [words.callsSubgraphs(op.calls.join(', '))];
  const lines = [...(beside || op.fact === '' ? [] : [op.fact]), ...calls, ...constants];
  return {
    id: `op ${op.index}`, kind: 'op', ops: [op.index], tensor: -1, title: op.name, fact: beside ? op.fact : '', lines, family: op.family,
    width: nodeMetrics.width, height: heightOf(lines.length),
  };
}

function constantLines(op: GraphOp, folded: boolean): readonly string[] {
  const shown = op.constants.filter((constant) => isWeight(op, constant) && (folded || constant.input === constant.tensor));
  const lines = shown.map(({ shape, dtype }) => `${shapeText(shape)} · ${dtype}`);
  return lines.length <= mostConstants ? lines : [...lines.slice(0, mostConstants - 1), words.moreConstants(lines.length - mostConstants + 1)];
}

/** Whole numbers are shapes, axes and paddings, except for the biases of quantized models. */
function isWeight({ family }: GraphOp, { dtype, shape }: FoldedConstant): boolean {
  if (dtype !== 'int32' && dtype !== 'int64') return true;
  return shape.length > 0 && (family === 'convolution' || family === 'dense');
}

export function edgeBox(graph: Graph, kind: 'input' | 'output', tensor: number): NodeBox {
  const { name, shape, dtype } = graph.tensors[tensor] ?? { name: '', shape: [], dtype: 'float32' };
  return {
    id: `${kind} ${tensor}`, kind, ops: [], tensor, title: name === '' ? words.tensor(tensor) : name, fact: '', lines: [`${shapeText(shape)} · ${dtype}`], family: null,
    width: nodeMetrics.width, height: heightOf(1),
  };
}

export function groupBox({ id, name, ops }: OutlineGroup): NodeBox {
  return { id, kind: 'group', ops, tensor: -1, title: name, fact: '', lines: [words.ops(ops.length)], family: null, width: nodeMetrics.width, height: heightOf(1) };
}

function heightOf(lines: number): number {
  return 2 * nodeMetrics.paddingBlock + nodeMetrics.titleLine + lines * nodeMetrics.line;
}
