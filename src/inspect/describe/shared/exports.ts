import { csvTable } from '../../../report/csv';
import type { ModelSummary } from '../../../tflite/analysis/summary';
import { declaredShape } from '../../../tflite/format/model';
import type { InspectedModel } from './inspected';
import { describeOptions, optionsText } from './options';

const columns = [
  'subgraph', 'op', 'kind', 'custom', 'version', 'options', 'inputs', 'output', 'output_dtype', 'output_shape', 'macs', 'flops',
  'bytes_read', 'bytes_written', 'weight_bytes', 'flops_per_byte', 'runs_once_at_load',
] as const;

/** All ops as CSV (RFC 4180), one line an op in the order of execution. */
export function opsCsv({ model, costs }: InspectedModel): string {
  let at = 0;
  const lines = model.subgraphs.flatMap((graph) => graph.operators.map((operator) => {
    const cost = costs.perOp[at++];
    const output = graph.tensors[operator.outputs[0] ?? -1];
    const inputs = operator.inputs.flatMap((index) => graph.tensors[index] ?? []).map((tensor) => `${tensor.dtype}[${declaredShape(tensor).join('x')}]`);
    return [
      graph.index, operator.index, operator.code.name, operator.code.custom, operator.code.version, optionsText(describeOptions(model, graph, operator)), inputs.join(' '),
      output?.name ?? '', output?.dtype ?? '', output === undefined ? '' : declaredShape(output).join('x'),
      cost?.macs ?? '', cost?.flops ?? '', cost?.bytesRead ?? '', cost?.bytesWritten ?? '', cost?.weightBytes ?? '', cost?.intensity ?? '', cost?.once ?? '',
    ];
  }));
  return csvTable([columns, ...lines]);
}

/** Which file a summary is of. */
export interface SummarizedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A model's summary as JSON: sizes in bytes, counts as plain numbers. */
export function summaryJson({ name, bytes, sha256 }: SummarizedFile, summary: ModelSummary): string {
  return `${JSON.stringify({ schema: 'litescope-summary', version: 1, file: { name, bytes, sha256 }, ...summary }, null, 2)}\n`;
}
