/** What a saved run says of itself: the `run.json` of its archive, beside arrays, pictures and listings. */
import * as v from 'valibot';
import { environmentSchema, measuredConfigurationSchema, modelIdentitySchema } from '../../report/configuration';
import { valueDtypes } from '../../tensor/dtype';
import type { OutputTensor } from '../../vision/shared/types';
import { preprocessingSchema } from '../../vision/shared/schemas';

/** Told apart from every other JSON file. */
export const savedRunFormat = 'litescope-run';
/** Of what this page writes; it reads this one and those before. */
export const savedRunVersion = 1;

const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(4000));
/** Inside of the archive. */
const path = v.pipe(v.string(), v.regex(/^[\w./-]+$/), v.maxLength(200));

const tensorEntries = {
  name: text,
  dtype: v.picklist(valueDtypes),
  shape: v.pipe(v.array(size), v.maxLength(64)),
  quantization: v.exactOptional(v.strictObject({ scale: v.array(v.number()), zeroPoint: v.array(v.number()), dimension: size })),
  /** A `.npy` file of the elements as they are stored. */
  file: path,
};
const inputSchema = v.strictObject({
  ...tensorEntries,
  /** Where the values came from: `image`, `random`, `file`, … */
  kind: text,
  /** Of a picture: its file as it was given, and how it became the tensor. */
  picture: v.exactOptional(v.strictObject({ file: path, preprocessing: preprocessingSchema })),
});
const outputSchema = v.strictObject(tensorEntries);

export const savedRunSchema = v.strictObject({
  format: v.literal(savedRunFormat),
  version: v.literal(savedRunVersion),
  created: text,
  model: v.strictObject({ ...modelIdentitySchema.entries, gallery: v.exactOptional(text) }),
  configuration: measuredConfigurationSchema,
  environment: environmentSchema,
  signature: v.exactOptional(text),
  shapes: v.exactOptional(v.record(v.string(), v.array(size))),
  /** Of a sequence: how many steps the first dimension of its tensors has, and what was fed back between them. */
  sequence: v.exactOptional(v.strictObject({ steps: size, inputs: v.array(text), feedback: v.array(v.strictObject({ output: text, input: text })) })),
  inputs: v.pipe(v.array(inputSchema), v.maxLength(1000)),
  outputs: v.pipe(v.array(outputSchema), v.maxLength(1000)),
});

export type SavedRun = v.InferOutput<typeof savedRunSchema>;
export type SavedInput = SavedRun['inputs'][number];

/** A picture that an input was filled with. */
export interface GivenPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `jpg`, as its type says. */
  readonly ending: string;
}

/** A run with all that is saved of it. */
export interface RunToSave {
  readonly about: Omit<SavedRun, 'format' | 'version' | 'inputs' | 'outputs'>;
  readonly inputs: readonly { readonly tensor: OutputTensor; readonly kind: string; readonly picture?: (GivenPicture & Pick<NonNullable<SavedInput['picture']>, 'preprocessing'>) | undefined }[];
  readonly outputs: readonly OutputTensor[];
}

/** A run as it was read again. */
export interface ReadRun {
  readonly about: SavedRun;
  /** In the order of `about`. */
  readonly inputs: readonly OutputTensor[];
  readonly outputs: readonly OutputTensor[];
}
