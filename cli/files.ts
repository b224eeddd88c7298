/** Files that the caller names. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { commandLine as text } from '../src/messages/command-line';
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

export interface NamedInput {
  /** Null for the only input that fits. */
  readonly tensor: string | null;
  readonly path: string;
  readonly kind: 'image' | 'npy' | 'raw';
}

/** `photo.jpg`, `values.npy`, or `input name=values.bin` (raw elements). @throws UsageError */
export function namedInput(written: string): NamedInput {
  const equals = written.lastIndexOf('=');
  const whole = existsSync(written);
  const path = existingFile(whole || equals < 0 ? written : written.slice(equals + 1));
  return { tensor: whole || equals < 0 ? null : written.slice(0, equals), path, kind: isPicture(path) ? 'image' : extname(path).toLowerCase() === '.npy' ? 'npy' : 'raw' };
}
