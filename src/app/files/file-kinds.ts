/** What a file is for, by its name first: dropped files often carry no type. */
export type FileKind = 'model' | 'picture' | 'sound' | 'labels' | 'npy' | 'raw' | 'json';

const kindByEnding: Readonly<Record<string, FileKind>> = {
  tflite: 'model', lite: 'model', task: 'model',
  jpg: 'picture', jpeg: 'picture', png: 'picture', webp: 'picture', gif: 'picture', bmp: 'picture', avif: 'picture',
  wav: 'sound', mp3: 'sound', ogg: 'sound', oga: 'sound', opus: 'sound', flac: 'sound', m4a: 'sound', aac: 'sound',
  txt: 'labels', csv: 'labels', tsv: 'labels', model: 'labels',
  npy: 'npy',
  bin: 'raw', raw: 'raw',
  json: 'json',
};

interface NamedFile {
  readonly name: string;
  readonly type: string;
}

const kindOfEnding = (name: string): FileKind | undefined => (name.includes('.') ? kindByEnding[name.toLowerCase().split('.').at(-1) ?? ''] : undefined);

/** Whether a file's name says that it is a model. */
export function isModelFile({ name }: { readonly name: string }): boolean {
  return kindOfEnding(name) === 'model';
}

/** Whether a file's name says that it holds rows of cells. */
export function isTable({ name }: { readonly name: string }): boolean {
  return /\.(csv|tsv)$/i.test(name);
}

/** Whether a file's name says that it holds the words that a model knows. */
export function isVocabulary({ name }: { readonly name: string }): boolean {
  return /vocab[^/]*\.txt$|\.model$/i.test(name);
}

/** The kind of one file. What is not known counts as a model, so that opening it says what is wrong with it. */
export function fileKind({ name, type }: NamedFile): FileKind {
  return kindOfEnding(name) ?? (type.startsWith('image/') ? 'picture' : type.startsWith('audio/') ? 'sound' : 'model');
}

export interface SortedFiles<File> {
  readonly models: readonly File[];
  readonly pictures: readonly File[];
  readonly sounds: readonly File[];
  readonly labels: readonly File[];
  /** Values for an input: `.npy` or raw elements. */
  readonly values: readonly { readonly file: File; readonly format: 'npy' | 'raw' }[];
  /** Runs, recipes and numbers for ops: each is taken where it belongs, and none by the page as a whole. */
  readonly elsewhere: readonly File[];
  /** What belongs to a model, while there is none. */
  readonly early: readonly File[];
}

/**
 * Several files at once, by what each is for.
 * @param hasModel without an open model, labels and values have no use yet. Raw bytes may be a model with another ending: they are opened then
 */
export function sortFiles<File extends NamedFile>(files: readonly File[], hasModel: boolean): SortedFiles<File> {
  const willHaveModel = hasModel || files.some((file) => fileKind(file) === 'model');
  const kindOf = (file: File): FileKind => {
    const kind = fileKind(file);
    return kind === 'raw' && !willHaveModel ? 'model' : kind;
  };
  const of = (wanted: FileKind): File[] => files.filter((file) => kindOf(file) === wanted);
  const early = willHaveModel ? [] : [...of('labels'), ...of('npy')];
  return {
    early,
    elsewhere: of('json'),
    models: of('model'),
    pictures: of('picture'),
    sounds: of('sound'),
    labels: willHaveModel ? of('labels') : [],
    values: files.flatMap((file) => {
      const kind = kindOf(file);
      return !early.includes(file) && (kind === 'npy' || kind === 'raw') ? [{ file, format: kind }] : [];
    }),
  };
}
