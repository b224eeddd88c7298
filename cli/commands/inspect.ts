import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LitescopeError } from '../../src/errors';
import { parseCatalogue } from '../../src/gallery/shared/catalogue';
import { download } from '../../src/gallery/shared/download';
import { sha256Hex } from '../../src/gallery/shared/sha256';
import { listOps } from '../../src/inspect/describe/shared/describe';
import { summaryJson } from '../../src/inspect/describe/shared/exports';
import { InspectedModel } from '../../src/inspect/describe/shared/inspected';
import { declaredShape } from '../../src/tflite/format/model';
import { noteSentence } from '../../src/tflite/format/notes';
import { summarize } from '../../src/tflite/analysis/summarize';
import type { SignatureTensor } from '../../src/tflite/analysis/summary';
import { openModel } from '../../src/tflite/format/verify/verify';
import { formatBytes, formatCount, formatShape } from '../../src/messages/format';
import catalogue from '../../models/catalog.json';
import { ModelError, UsageError } from '../errors';
import { namedModel, type NamedModel } from '../files';
import { isJsonOnly, save, say, table, tableWidth, type OutputFlags } from '../output';

export type InspectFlags = Pick<OutputFlags, 'json' | 'wide'>;

async function read(named: NamedModel, pageFolder: string): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  if (named.kind === 'address') return { name: basename(new URL(named.url).pathname), bytes: new Uint8Array(await (await download(named.url)).arrayBuffer()) };
  if (named.kind === 'file') return { name: basename(named.path), bytes: new Uint8Array(readFileSync(named.path)) };
  const entry = parseCatalogue(catalogue).models.find(({ id }) => id === named.id);
  if (entry === undefined) throw new UsageError(`The gallery has no model “${named.id}”.`);
  return { name: entry.title, bytes: new Uint8Array(readFileSync(join(pageFolder, 'models', entry.file))) };
}

function tensorLine({ name, dtype, shape, quantization }: SignatureTensor): readonly string[] {
  return [name, dtype, formatShape(shape), quantization === undefined ? '' : 'quantized'];
}

/** Needs no browser: the file's format is read here. */
export async function inspect(model: string, flags: InspectFlags, pageFolder: string): Promise<void> {
  const { name, bytes } = await read(namedModel(model), pageFolder);
  const sha256 = await sha256Hex(bytes.buffer);
  try {
    const opened = openModel(bytes);
    const summary = summarize(opened);
    const inspected = new InspectedModel(opened);
    if (flags.json !== undefined) {
      const tensors = opened.subgraphs.map((graph) => graph.tensors.map((tensor) => ({ index: tensor.index, name: tensor.name, dtype: tensor.dtype, shape: declaredShape(tensor) })));
      const ops = listOps(inspected).map(({ text: _, ...op }) => op);
      save(flags.json, `${JSON.stringify({ ...JSON.parse(summaryJson({ name, bytes: bytes.length, sha256 }, summary)) as object, opList: ops, tensorList: tensors }, null, 2)}\n`);
      if (isJsonOnly(flags)) return;
    }
    const room = tableWidth(flags);
    say([
      `${name}: ${formatBytes(bytes.length)}, SHA-256 ${sha256}`,
      summary.description,
      ...(summary.notes ?? []).map((note) => `Note: ${noteSentence(note)} (${note.code})`),
      `${formatCount(summary.opCount)} ops, ${formatCount(summary.tensors)} tensors, ${formatCount(summary.parameters ?? 0)} parameters, ${formatCount(summary.macs ?? 0)} multiply-accumulates a run`,
      ...summary.signatures.map(({ key, inputs, outputs }) => `\nSignature ${key === '' ? '(the only one)' : key}\n${table([['tensor', 'type', 'shape', ''], ...inputs.map((tensor) => ['in  ', ...tensorLine(tensor)].slice(1)), ...outputs.map(tensorLine)], room)}`),
      `\nWeights\n${table([['type', 'tensors', 'elements', 'bytes'], ...summary.weights.map(({ dtype, tensors, elements, bytes: size }) => [dtype, tensors, elements, size])], room)}`,
      `\nOps in the order of execution\n${table([['op', 'kind', 'output', 'type', 'shape', 'MACs', 'weight bytes'], ...listOps(inspected).map((op) => [
        op.subgraph === 0 ? op.op : `${op.subgraph}:${op.op}`, op.name, op.output?.name ?? '', op.output?.dtype ?? '', formatShape(op.output?.shape ?? []), op.macs, op.weightBytes,
      ])], room)}`,
    ].filter((part) => part !== '').join('\n'), flags);
  } catch (error) {
    if (!(error instanceof LitescopeError)) throw error;
    throw new ModelError(`${error.message}${error.place === undefined ? '' : `\nWhere: ${error.place}`}\n${error.hint} (${error.code})`);
  }
}
