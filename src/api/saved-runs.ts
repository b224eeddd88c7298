import type { Capabilities, RequestedConfiguration, RuntimeName } from '../engine/configuration/shared/configuration';
import { acceleratorKinds, runtimeNames } from '../engine/session/shared/attempts';
import { LitescopeError } from '../errors';
import type { RunToSave, ReadRun, SavedRun } from '../golden/shared/format';
import { golden as text } from '../messages/golden';
import { measureEnvironment } from '../studies/bench/page/environment';
import { readBytes } from '../tensor/read-file';
import { writeNpy } from '../tensor/npy';
import type { OutputTensor } from '../vision/shared/types';
import { sourcesFor } from './inputs';
import type { Inputs, OpenModel, RunResult, SaveOptions } from './types';

const asStored = ({ name, dtype, shape, quantization, data }: OutputTensor): OutputTensor => ({ name, dtype, shape, quantization, data });

/** What files of pictures begin with; a type may be missing where a file came from. */
const beginnings: readonly (readonly [ending: string, beginning: RegExp])[] = [
  ['png', /^\x89PNG/], ['jpg', /^\xff\xd8\xff/], ['gif', /^GIF8/], ['webp', /^RIFF[^]{4}WEBP/], ['bmp', /^BM/], ['avif', /^[^]{4}ftypavi[fs]/],
];

function endingOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return beginnings.find(([, beginning]) => beginning.test(start))?.[0] ?? 'picture';
}

/**
 * All that is saved of a run that is over.
 * @throws LitescopeError STATE_NOT_SAVED where variables had held something before it; INVALID_ARGUMENT without its inputs
 */
export async function runToSave(target: OpenModel, result: RunResult, given: Inputs, options: SaveOptions, available: Capabilities): Promise<RunToSave> {
  const { inputs, sequence, configuration, step } = result;
  if (inputs === undefined) throw new LitescopeError('INVALID_ARGUMENT', text.noInputsKept);
  const signature = target.summary.signatures.find(({ key }) => key === options.signature) ?? target.summary.signatures[0];
  if (signature?.variables !== undefined && step > (sequence?.steps ?? 1)) throw new LitescopeError('STATE_NOT_SAVED', text.stateInside(step));
  const many = inputs.filter(({ name }) => given[name]?.kind === 'sequence').map(({ name }) => name);
  // As they were settled for the run, whoever settled them.
  const shapes = Object.fromEntries(inputs.flatMap(({ name, shape }) => (
    signature?.inputs.find((input) => input.name === name)?.shape.includes(-1) === true ? [[name, shape.slice(many.includes(name) ? 1 : 0)]] : [])));
  const sources = sourcesFor(target, given, { ...options, shapes });
  const { runtime, accelerator, threads, variant, version, fullyAccelerated, padding } = configuration;
  return {
    about: {
      created: new Date().toISOString(),
      model: {
        name: target.name, sha256: target.sha256, bytes: target.bytes,
        ...(target.url === undefined ? {} : { url: target.url }), ...(target.entry === null ? {} : { gallery: target.entry.id }),
      },
      configuration: { runtime, accelerator, threads, variant, version, fullyAccelerated, ...(padding === undefined ? {} : { padding }) },
      environment: { ...measureEnvironment(available) },
      ...(options.signature === undefined ? {} : { signature: options.signature }),
      ...(Object.keys(shapes).length === 0 ? {} : { shapes }),
      ...(sequence === undefined ? {} : {
        sequence: {
          steps: sequence.steps, inputs: many,
          feedback: (options.feedback ?? []).map(({ output, input }) => ({ output, input })),
        },
      }),
    },
    inputs: await Promise.all(inputs.map(async (tensor) => {
      const source = sources[tensor.name];
      const kind = source?.kind ?? 'random';
      if (source?.kind !== 'image') return { tensor: asStored(tensor), kind };
      const bytes = await readBytes(source.image);
      return { tensor: asStored(tensor), kind, picture: { bytes, ending: endingOf(bytes), preprocessing: source.preprocessing } };
    })),
    outputs: (sequence?.outputs ?? result.outputs).map(asStored),
  };
}

/** The saved inputs as a run takes them. */
export function inputsOfRun({ about, inputs }: ReadRun): Inputs {
  return Object.fromEntries(inputs.map((tensor) => {
    const file = new Blob([writeNpy(tensor)]);
    return [tensor.name, about.sequence?.inputs.includes(tensor.name) === true ? { kind: 'sequence', file } : { kind: 'file', format: 'npy', file }];
  }));
}

/** What a run was saved with, as far as this version knows it. */
export function savedConfiguration({ configuration: { runtime, accelerator, threads } }: SavedRun): Partial<RequestedConfiguration> {
  return {
    runtime: runtimeNames.find((name) => name === (runtime as RuntimeName)) ?? 'auto',
    accelerator: acceleratorKinds.find((kind) => kind === accelerator) ?? 'auto',
    threads,
  };
}

/** Whether what ran is what was saved: then outputs should be the same bit by bit. */
export function isSameConfiguration({ configuration: saved }: SavedRun, { configuration: now }: RunResult): boolean {
  return (['runtime', 'accelerator', 'threads', 'variant', 'version'] as const).every((key) => saved[key] === now[key]);
}
