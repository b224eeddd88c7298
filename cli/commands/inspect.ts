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
import { commandLine as text } from '../../src/messages/command-line';
import { formatBytes, formatShape } from '../../src/messages/format';
import catalogue from '../../models/catalog.json';
import { ModelError, toldError, UsageError } from '../errors';
import { namedModel, type NamedModel } from '../files';
import { isJsonOnly, save, say, table, tableWidth, type OutputFlags } from '../output';

export type InspectFlags = Pick<OutputFlags, 'json' | 'wide'>;

async function read(named: NamedModel, pageFolder: string): Promise<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
  if (named.kind === 'address') return { name: basename(new URL(named.url).pathname), bytes: new Uint8Array(await (await download(named.url)).arrayBuffer()) };
  if (named.kind === 'file') return { name: basename(named.path), bytes: new Uint8Array(readFileSync(named.path)) };
  const entry = parseCatalogue(catalogue).models.find(({ id }) => id === named.id);
  if (entry === undefined) throw new UsageError(text.noGalleryModel(named.id));
  return { name: entry.title, bytes: new Uint8Array(readFileSync(join(pageFolder, 'models', entry.file))) };
}

function tensorLine({ name, dtype, shape, quantization }: SignatureTensor): readonly string[] {
  return [name, dtype, formatShape(shape), quantization === undefined ? '' : text.quantized];
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
    const { columns } = text;
    const room = tableWidth(flags);
    say([
      text.modelHead(name, formatBytes(bytes.length), sha256),
      summary.description,
      ...(summary.notes ?? []).map((note) => text.note(noteSentence(note), note.code)),
      text.modelCounts({ ops: summary.opCount, tensors: summary.tensors, parameters: summary.parameters ?? 0, macs: summary.macs ?? 0 }),
      ...summary.signatures.map(({ key, inputs, outputs }) => `\n${text.signature(key)}\n${table([[columns.tensor, columns.type, columns.shape, ''], ...inputs.map((tensor) => ['in  ', ...tensorLine(tensor)].slice(1)), ...outputs.map(tensorLine)], room)}`),
      `\n${text.weights}\n${table([[columns.type, columns.tensors, columns.elements, columns.bytes], ...summary.weights.map(({ dtype, tensors, elements, bytes: size }) => [dtype, tensors, elements, size])], room)}`,
      `\n${text.opsInOrder}\n${table([[columns.op, columns.kind, columns.output, columns.type, columns.shape, columns.macs, columns.weightBytes], ...listOps(inspected).map((op) => [
        op.subgraph === 0 ? op.op : `${op.subgraph}:${op.op}`, op.name, op.output?.name ?? '', op.output?.dtype ?? '', formatShape(op.output?.shape ?? []), op.macs, op.weightBytes,
      ])], room)}`,
    ].filter((part) => part !== '').join('\n'), flags);
  } catch (error) {
    if (!(error instanceof LitescopeError)) throw error;
    throw new ModelError(toldError(error.serialize()));
  }
}
