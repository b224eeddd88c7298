import { AppendedFiles } from '../format/archive/appended-files';
import { parsePythonLiteral } from './python-literal';

const tasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;
export type YoloTask = (typeof tasks)[number];

/** What the exporters of the YOLO family write behind a model. */
export interface YoloMetadata {
  /** Such as “Ultralytics YOLO11n model trained on coco.yaml”; empty where the file says nothing. */
  readonly description: string;
  /** Null in files of YOLO v5, which have no word for it. */
  readonly task: YoloTask | null;
  /** A name for each class, in order. */
  readonly names: readonly string[];
  /** Of a pose model: points of a body, and the values of each (x, y, and mostly how visible it is). */
  readonly points?: { readonly count: number; readonly values: 2 | 3 } | undefined;
}

/** Current files are JSON; before 2025 the same stood there as Python writes it, in YOLO v5 as `meta.txt`. */
const fileNames = ['metadata.json', 'temp_meta.txt', 'meta.txt'] as const;

/** More classes than any list of names has. */
const mostNames = 65536;
const mostPoints = 1024;

/**
 * Task and class names from the archive behind a model of the YOLO family. Never throws: what is damaged, or is some
 * other exporter's file of that name, is not there.
 */
export function readYoloMetadata(bytes: Uint8Array): YoloMetadata | null {
  const files = new AppendedFiles(bytes);
  for (const name of fileNames) {
    const content = files.names.includes(name) ? files.read(name) : null;
    const metadata = content === null ? null : interpret(new TextDecoder().decode(content));
    if (metadata !== null) return metadata;
  }
  return null;
}

/** Whether a text is a dictionary, as these files are, and thus no list of labels though the metadata may call it one. */
export function isDictionary(text: string): boolean {
  return text.startsWith('{') && parsed(text) instanceof Map;
}

function parsed(text: string): unknown {
  try {
    return parsePythonLiteral(text);
  } catch {
    return null;
  }
}

function interpret(text: string): YoloMetadata | null {
  const root = parsed(text);
  if (!(root instanceof Map)) return null;
  const names = readNames(root.get('names'));
  if (names === null) return null;
  const description: unknown = root.get('description');
  const points = readPoints(root.get('kpt_shape'));
  return {
    description: typeof description === 'string' ? description : '',
    task: tasks.find((task) => task === root.get('task')) ?? null,
    names,
    ...(points === null ? {} : { points }),
  };
}

/** A list, or a dictionary by class number, in which gaps become empty names. */
function readNames(names: unknown): readonly string[] | null {
  const entries: readonly (readonly [unknown, unknown])[] = names instanceof Map ? [...names] : Array.isArray(names) ? [...names.entries()] : [];
  if (entries.length === 0 || entries.length > mostNames) return null;
  const list: string[] = [];
  for (const [key, name] of entries) {
    const index = Number(key);
    if (!Number.isInteger(index) || index < 0 || index >= mostNames || typeof name !== 'string') return null;
    list[index] = name;
  }
  return Array.from(list, (name: string | undefined) => name ?? '');
}

function readPoints(shape: unknown): YoloMetadata['points'] | null {
  if (!Array.isArray(shape)) return null;
  const [count, values] = shape as readonly unknown[];
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > mostPoints) return null;
  return values === 2 || values === 3 ? { count, values } : null;
}
