import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { LitescopeError } from '../../errors';

const packages = new URL('../../../node_modules/@mediapipe/', import.meta.url);
const fixtures = new URL('../../../../shared/models/', import.meta.url);

/** Whether the fixture models lie beside the project; a clone without them skips their tests. */
export const hasFixtures = existsSync(fixtures);

/** A model from the gallery's packages: `face_detection/face_detection_short_range.tflite`. */
export function galleryModel(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, packages)));
}

export const galleryModels: readonly string[] = ['face_detection', 'hands', 'pose', 'selfie_segmentation'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, packages)).filter((file) => file.endsWith('.tflite')).map((file) => `${folder}/${file}`));

/** A model from a package's `*_solution_packed_assets.data`, whose names and places stand in its loader: `hands`, `palm_detection_lite.tflite`. */
export function packedModel(name: 'face_mesh' | 'hands' | 'objectron' | 'pose', file: string): Uint8Array {
  const loader = readFileSync(new URL(`${name}/${name}_solution_packed_assets_loader.js`, packages), 'utf8');
  const [, start, end] = new RegExp(`/${file}", "start": (\\d+), "end": (\\d+)`).exec(loader) ?? [];
  if (start === undefined || end === undefined) throw new Error(`${name} has no ${file}`);
  return new Uint8Array(readFileSync(new URL(`${name}/${name}_solution_packed_assets.data`, packages)).subarray(Number(start), Number(end)));
}

export function fixtureModel(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, fixtures)));
}

export const fixtureModels: readonly string[] = hasFixtures ? readdirSync(fixtures).filter((file) => file.endsWith('.tflite')) : [];

/** The LitescopeError that `action` throws. */
export function errorOf(action: () => unknown): LitescopeError {
  try {
    action();
  } catch (error) {
    if (error instanceof LitescopeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
