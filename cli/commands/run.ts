import { writeNpy } from '../../src/tensor/npy';
import { commandLine as text } from '../../src/messages/command-line';
import { formatMilliseconds, formatPercent, formatReal, formatShape } from '../../src/messages/format';
import type { RequestedConfiguration } from '../../src/engine/configuration/shared/configuration';
import type { ValueDType } from '../../src/tensor/dtype';
import type { ValueTensor } from '../../src/tensor/values';
import { UsageError } from '../errors';
import { namedInput, namedModel } from '../files';
import { ProgressDisplay, save, say, table, tableWidth, type OutputFlags } from '../output';
import { openModel, run as runInPage, shareInputs, type RanOutput } from '../page-calls';
import { openStage, type StageOptions } from '../stage';
import { whileOpen } from '../while-open';

export interface RunFlags extends OutputFlags, StageOptions {
  readonly runtime: RequestedConfiguration['runtime'];
  readonly accelerator?: RequestedConfiguration['accelerator'] | undefined;
  readonly num_threads?: readonly number[] | undefined;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly save?: string | undefined;
}

/** The output that `name=file.npy` or, for the next one in order, `file.npy` asks for. */
function assign(outputs: readonly RanOutput[], wanted: readonly string[]): readonly (readonly [RanOutput, string])[] {
  return wanted.map((asked, index) => {
    const equals = asked.lastIndexOf('=');
    const name = equals < 0 ? null : asked.slice(0, equals);
    const output = name === null ? outputs[index] : outputs.find((candidate) => candidate.name === name);
    if (output === undefined) throw new UsageError(text.noOutput(asked, outputs.map(({ name: own }) => own)));
    return [output, asked.slice(equals + 1)] as const;
  });
}

function tensorOf({ dtype, shape, quantization, base64 }: RanOutput): ValueTensor {
  return { dtype: dtype as ValueDType, shape, data: Uint8Array.from(Buffer.from(base64, 'base64')).buffer, quantization };
}

/** Runs a model once and saves its outputs. */
export async function run(model: string, flags: RunFlags, pageFolder: string): Promise<void> {
  const named = namedModel(model);
  const inputs = flags.input.map(namedInput);
  const ran = await whileOpen(openStage(pageFolder, flags), async (stage) => {
    const display = new ProgressDisplay();
    stage.onProgress = (progress) => { display.show(progress); };
    try {
      const { id } = await openModel(stage, named);
      const threads = flags.num_threads?.[0] ?? ('auto' as const);
      return await runInPage(stage, { id, configuration: { runtime: flags.runtime, accelerator: flags.accelerator ?? 'auto', threads }, inputs: shareInputs(stage, inputs), saved: flags.save !== undefined });
    } finally {
      display.clear();
    }
  });
  for (const [output, path] of assign(ran.outputs, flags.output)) save(path, writeNpy(tensorOf(output)));
  if (flags.save !== undefined && ran.saved !== null) save(flags.save, Buffer.from(ran.saved, 'base64'));
  const { columns } = text;
  const { variant: build, ...configuration } = ran.configuration;
  say(`${text.ran({ ...configuration, build, time: formatMilliseconds(ran.invoke_ms) })}\n${table([
    [columns.output, columns.type, columns.shape, columns.min, columns.max, columns.mean],
    ...ran.outputs.map(({ name, dtype, shape, statistics }) => [name, dtype, formatShape(shape), formatReal(statistics.min), formatReal(statistics.max), formatReal(statistics.mean)]),
  ], tableWidth(flags))}`, flags);
  for (const read of ran.texts) {
    const unknown = [...new Set(read.tokens.flatMap(({ text: word, known }) => (known ? [] : [word])))];
    if (unknown.length > 0) say(text.unknownWords(unknown), flags);
    if (read.cut > 0) say(text.cutTokens(read.cut, read.length), flags);
  }
  if (ran.classes.length > 0) say(table([[columns.answer, columns.score], ...ran.classes.map(({ label, score }) => [label, formatPercent(score)])], tableWidth(flags)), flags);
  if (flags.json !== undefined) save(flags.json, `${JSON.stringify({ configuration: ran.configuration, invoke_ms: ran.invoke_ms, outputs: ran.outputs.map(({ base64: _, ...output }) => output), classes: ran.classes, texts: ran.texts }, null, 2)}\n`);
}
