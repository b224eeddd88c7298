import * as v from 'valibot';
import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import { LitescopeError } from '../../errors';
import { golden as text } from '../../messages/golden';
import { readNpy, writeNpy } from '../../tensor/npy';
import { inflate, packedContent, readDirectory, type PackedFile } from '../../tflite/format/archive/appended-files';
import type { OutputTensor } from '../../vision/shared/types';
import { savedRunFormat, savedRunSchema, savedRunVersion, type ReadRun, type RunToSave, type SavedRun } from '../shared/format';
import { listings } from './listings/listings';

/** The file that makes an archive a run; the first one, so that a run is known by its first bytes. */
const aboutFile = 'run.json';
/** What one file of an archive may unpack to. */
const largestFile = 2 ** 30;
/** Deflate makes data at most this many times smaller. */
const deflateRatio = 1032;

/** One file that holds a run: what it is in `run.json`, its tensors as `.npy`, pictures as they were, and listings that make the inputs. */
export function packRun({ about, inputs, outputs }: RunToSave): Uint8Array<ArrayBuffer> {
  const described = ({ name, dtype, shape, quantization }: OutputTensor, file: string) => ({ name, dtype, shape: [...shape], file, ...(quantization === undefined ? {} : { quantization: { scale: [...quantization.scale], zeroPoint: [...quantization.zeroPoint], dimension: quantization.dimension } }) });
  const run: SavedRun = {
    format: savedRunFormat, version: savedRunVersion, ...about,
    inputs: inputs.map(({ tensor, kind, picture }, place) => ({
      ...described(tensor, `inputs/${place}.npy`), kind,
      ...(picture === undefined ? {} : { picture: { file: `inputs/${place}.${picture.ending}`, preprocessing: picture.preprocessing } }),
    })),
    outputs: outputs.map((tensor, place) => described(tensor, `outputs/${place}.npy`)),
  };
  // Kept as they are: floats and pictures become hardly smaller, and every tool reads them.
  const stored = (bytes: Uint8Array): [Uint8Array, { level: 0 }] => [bytes, { level: 0 }];
  const files: Zippable = { [aboutFile]: stored(strToU8(`${JSON.stringify(run, null, 2)}\n`)) };
  for (const [place, { tensor, picture }] of inputs.entries()) {
    files[`inputs/${place}.npy`] = stored(writeNpy(tensor));
    if (picture !== undefined) files[`inputs/${place}.${picture.ending}`] = stored(picture.bytes);
  }
  for (const [place, tensor] of outputs.entries()) files[`outputs/${place}.npy`] = stored(writeNpy(tensor));
  for (const [name, listing] of Object.entries(listings(run))) files[name] = stored(strToU8(listing));
  return zipSync(files);
}

/** @throws LitescopeError INVALID_RUN for what is no saved run, or a damaged one; NEWER_RUN for one of a later version */
export function unpackRun(bytes: Uint8Array): ReadRun {
  const directory = readDirectory(bytes);
  const about = readAbout(contentOf(bytes, directory, aboutFile));
  const read = (tensor: SavedRun['outputs'][number]): OutputTensor => {
    const { name, dtype, shape, quantization, file } = tensor;
    const array = npyOf(contentOf(bytes, directory, file), file);
    if (array.dtype !== dtype || String(array.shape) !== String(shape)) throw invalid(text.otherTensor(file, `${array.dtype}[${array.shape.join(', ')}]`, `${dtype}[${shape.join(', ')}]`));
    return { name, dtype, shape, quantization, data: array.data };
  };
  return { about, inputs: about.inputs.map(read), outputs: about.outputs.map(read) };
}

function readAbout(content: Uint8Array): SavedRun {
  let json: unknown;
  try {
    json = JSON.parse(strFromU8(content));
  } catch {
    throw invalid(text.noJson(aboutFile));
  }
  const head = v.safeParse(v.object({ format: v.literal(savedRunFormat), version: v.pipe(v.number(), v.integer(), v.minValue(1)) }), json);
  if (!head.success) throw invalid(text.noRun);
  if (head.output.version > savedRunVersion) throw new LitescopeError('NEWER_RUN', text.newer(head.output.version, savedRunVersion));
  const { success, output, issues } = v.safeParse(savedRunSchema, json);
  if (!success) throw invalid(text.wrongPlace(issues[0].path?.map(({ key }) => String(key)).join('.') ?? aboutFile));
  return output;
}

function contentOf(bytes: Uint8Array, directory: ReadonlyMap<string, PackedFile>, name: string): Uint8Array {
  const entry = directory.get(name);
  if (entry === undefined) throw invalid(directory.size === 0 ? text.noArchive : text.missingFile(name));
  const packed = packedContent(bytes, entry);
  const stored = entry.method === 0 && packed?.length === entry.bytes ? packed : null;
  // Somebody may have packed it again with a tool that makes files smaller.
  const inflated = packed === null || entry.method !== 8 || entry.bytes > Math.min(largestFile, packed.length * deflateRatio) ? null : inflate(packed, entry.bytes);
  const content = stored ?? inflated;
  if (content === null) throw invalid(text.damagedFile(name));
  return content;
}

function npyOf(content: Uint8Array, file: string): ReturnType<typeof readNpy> {
  try {
    return readNpy(content.slice().buffer);
  } catch (error) {
    throw invalid(text.damagedTensor(file, LitescopeError.from(error).details));
  }
}

function invalid(details: string): LitescopeError {
  return new LitescopeError('INVALID_RUN', details);
}
