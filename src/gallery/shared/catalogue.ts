import * as v from 'valibot';
import { LitescopeError } from '../../errors';
import { gallery as words } from '../../messages/gallery';
import { decoderSchema, preprocessingSchema } from '../../vision/shared/schemas';

/** The pictures that come with the page, by what they show. */
export const sampleNames = ['photo', 'digit', 'face', 'hand', 'hands', 'body', 'chair', 'camera', 'cup', 'shoe', 'street'] as const;
export type SampleName = (typeof sampleNames)[number];

const text = v.pipe(v.string(), v.nonEmpty());

const entrySchema = v.strictObject({
  /** Stable: it stands in links and reports. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, () => words.idForm)),
  title: text,
  /** `face detection` and the like; entries of one task are shown together. */
  task: text,
  /** One sentence. */
  description: text,
  /** Name under `models/` beside the page. */
  file: v.pipe(v.string(), v.regex(/^\w[\w.-]*\.tflite$/, () => words.fileForm)),
  bytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, () => words.digestForm)),
  /** Version of the npm package that the file comes from, or of the model itself. */
  version: text,
  /** The npm package and the path inside it, and for packed assets the name among them; for a model that the project makes, its place in `models/`. */
  source: v.union([v.strictObject({ package: text, path: text, part: v.optional(text) }), v.strictObject({ project: text })]),
  /** SPDX identifier. */
  licence: text,
  preprocessing: preprocessingSchema,
  decoder: decoderSchema,
  /** A name for each class, which the package has beside the file. */
  labels: v.optional(v.array(text)),
  /** Which of the page's samples it can make something of; the photo where nothing is said. */
  sample: v.optional(v.picklist(sampleNames)),
  /** Inputs with what is to be seen in each, in `models/` beside the page: an array (.npy) and as many lines of text. */
  test: v.optional(v.strictObject({ samples: text, labels: text, description: text })),
});

const catalogueSchema = v.strictObject({
  models: v.pipe(
    v.array(entrySchema),
    v.check((models) => new Set(models.map(({ id }) => id)).size === models.length, () => words.idTwice),
    v.check((models) => new Set(models.map(({ file }) => file)).size === models.length, () => words.fileTwice),
  ),
});

/** One model that the gallery offers. */
export type CatalogueEntry = v.InferOutput<typeof entrySchema>;
/** Where an entry's file is from, in words: `@mediapipe/hands 0.4.1` or this project. */
export function originOf({ source, version }: Pick<CatalogueEntry, 'source' | 'version'>): string {
  return 'package' in source ? `${source.package} ${version}` : words.ofThisProject(version);
}

/** What `models/catalog.json` holds. */
export type Catalogue = v.InferOutput<typeof catalogueSchema>;

/**
 * Checks the parsed JSON of `models/catalog.json`.
 *
 * @throws LitescopeError INVALID_CATALOGUE with the path of the first thing that is wrong (`models.3.sha256`)
 */
export function parseCatalogue(json: unknown): Catalogue {
  const result = v.safeParse(catalogueSchema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new LitescopeError('INVALID_CATALOGUE', `${v.getDotPath(issue) ?? words.theCatalogue}: ${issue.message}`);
}
