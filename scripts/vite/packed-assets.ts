import { readFileSync } from 'node:fs';

interface PackedFile {
  readonly filename: string;
  readonly start: number;
  readonly end: number;
}

/** The list in which an Emscripten loader says what lies where in the file of packed assets beside it. */
function packedFiles(loader: string): readonly PackedFile[] {
  const list = /"files":\s*(\[[^\]]*\])/.exec(loader)?.[1];
  return list === undefined ? [] : JSON.parse(list) as readonly PackedFile[];
}

/**
 * One file out of Emscripten's packed assets (`…_packed_assets.data`), whose names and offsets stand in the loader
 * beside it (`…_packed_assets_loader.js`).
 *
 * @param data path of the packed assets
 * @param name of the file in them, without its folder
 * @throws Error when the loader names no such file, or more than one
 */
export function readPacked(data: string, name: string): Buffer {
  const found = packedFiles(readFileSync(data.replace(/\.data$/, '_loader.js'), 'utf8')).filter(({ filename }) => filename.split('/').at(-1) === name);
  const [file, ...others] = found;
  if (file === undefined || others.length > 0) throw new Error(`${data} has ${found.length} files ${name}.`);
  return readFileSync(data).subarray(file.start, file.end);
}
