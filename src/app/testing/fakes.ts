/** What tests of the page's states give them in place of the page. */
import type { Litescope, OpenModel } from '../../api';
import { galleryModel } from '../../tflite/testing/models';
import { summarize } from '../../tflite/analysis/summarize';
import { openModel } from '../../tflite/format/verify/verify';
import { DecodingChoice } from '../setup/decoding-choice.svelte';
import { InputChoices } from '../setup/input-choices.svelte';
import { Pictures } from '../setup/pictures.svelte';
import type { Setup } from '../setup/setup';
import { SignatureChoice } from '../setup/signature-choice.svelte';
import { StateChoice } from '../setup/state-choice.svelte';

/** An API of some methods; a test that calls another one fails. */
export function fakeLitescope(methods: Partial<Litescope>): Litescope {
  return new Proxy(methods as Litescope, {
    get: (known, name) => {
      if (!(name in known)) throw new Error(`This test has no ${String(name)}.`);
      return Reflect.get(known, name) as unknown;
    },
  });
}

const face = galleryModel('face_detection/face_detection_short_range.tflite');
const faceSummary = summarize(openModel(face));
/** A face detector would be recognised by what it gives. */
const unknownSummary: typeof faceSummary = {
  ...faceSummary,
  signatures: faceSummary.signatures.map((signature) => ({ ...signature, outputs: signature.outputs.map((output) => ({ ...output, shape: [1, 7, 7, output.shape.at(-1) ?? 1] })) })),
};

/** A model of one picture, 128 × 128 in colour, of whose outputs nothing is known, as the API opens it. @param id 16 characters */
export function openedModel(id = 'a'.repeat(16)): OpenModel {
  return { id, name: `${id[0] ?? ''}.tflite`, bytes: face.length, sha256: id.padEnd(64, '0'), summary: unknownSummary, blob: new Blob([face.slice()]), entry: null };
}

export interface TestSetup extends Setup {
  readonly signature: SignatureChoice;
  readonly inputs: InputChoices;
  readonly decoding: DecodingChoice;
  readonly state: StateChoice;
  readonly pictures: Pictures;
}

/** A model as the page sets it up when one picture was brought. */
export function setupOf(model: OpenModel = openedModel()): TestSetup {
  const pictures = new Pictures();
  pictures.add(new File(['picture'], 'cat.jpg', { type: 'image/jpeg' }));
  const signature = new SignatureChoice(model);
  const state = new StateChoice(model, signature);
  return { model, pictures, signature, inputs: new InputChoices(model, pictures, signature, state), decoding: new DecodingChoice(model, signature), state };
}
