/** Files that the caller names. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { commandLine as text } from '../src/messages/command-line';
import { LitescopeError } from '../src/errors';
import { writtenParts, writtenValues } from '../src/tensor/written-values';
import { UsageError } from './errors';

/** A model as the page opens it. */
export type NamedModel =
  | { readonly kind: 'gallery'; readonly id: string }
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string };

/** @throws UsageError */
export function existingFile(name: string): string {
  const path = resolve(name);
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(text.noFile(name));
  return path;
}

/** A file, a web address, or `gallery:` and the id of a model that comes with Litescope. @throws UsageError */
export function namedModel(name: string): NamedModel {
  if (name.startsWith('gallery:')) return { kind: 'gallery', id: name.slice('gallery:'.length) };
  if (/^https?:\/\//i.test(name)) return { kind: 'address', url: name };
  return { kind: 'file', path: existingFile(name) };
}

const pictures = new Set(['.jpg', '.jpeg', '.png', '.webp', '.gif', '.bmp', '.avif']);

const sounds = new Set(['.wav', '.mp3', '.ogg', '.oga', '.opus', '.flac', '.m4a', '.aac', '.webm']);

export function isPicture(path: string): boolean {
  return pictures.has(extname(path).toLowerCase());
}

/** The pictures of a folder, by name. @throws UsageError where there are none */
export function picturesIn(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UsageError(text.noFolder(folder));
  const found = readdirSync(folder).filter(isPicture).sort().map((name) => resolve(join(folder, name)));
  if (found.length === 0) throw new UsageError(text.noPicture(folder));
  return found;
}

/** A file by its ending; raw elements without one that says more. */
export type FileKind = 'image' | 'audio' | 'npy' | 'raw';

function fileKind(path: string): FileKind {
  const ending = extname(path).toLowerCase();
  return pictures.has(ending) ? 'image' : sounds.has(ending) ? 'audio' : ending === '.npy' ? 'npy' : 'raw';
}

/** What goes into an input; `tensor` is null for the only input that fits. */
export type NamedInput = { readonly tensor: string | null } & (
  | { readonly kind: FileKind; readonly path: string }
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'text'; readonly text: string }
);

/**
 * `photo.jpg`, `clip.wav`, `values.npy`, raw elements (`values.bin`), numbers (`5.1,3.5,1.4,0.2`) or a sentence, each also behind the name of an
 * input and `=`.
 * @throws UsageError for the name of a file that is not there, and for numbers of which one is none
 */
export function namedInput(written: string): NamedInput {
  const equals = existsSync(written) ? -1 : written.indexOf('=');
  const [before, behind] = equals < 0 ? [null, written] : [written.slice(0, equals), written.slice(equals + 1)];
  // Words before an equals sign are no name but a part of the sentence.
  const [tensor, given] = before !== null && /\s/.test(before) && !existsSync(behind) ? [null, written] : [before, behind];
  if (!existsSync(given)) {
    const parts = writtenParts(given);
    // A number or two do not make numbers of a sentence.
    if (parts.filter((part) => part !== '' && Number.isFinite(Number(part.replace('−', '-')))).length > parts.length / 2) return { tensor, kind: 'values', values: valuesOf(given) };
    if (isSentence(given.trim())) return { tensor, kind: 'text', text: given };
  }
  const path = existingFile(given);
  return { tensor, path, kind: fileKind(path) };
}

/** Whether it is not written as a file's name is: words without an ending, or a lone word without folders either. */
function isSentence(given: string): boolean {
  return /\s/.test(given) ? !/\.\w{1,5}$/.test(given) : given !== '' && !/[\\/.]/.test(given);
}

function valuesOf(given: string): readonly number[] {
  try {
    return writtenValues(given);
  } catch (error) {
    throw new UsageError(LitescopeError.from(error).message);
  }
}
