import { recognition as text } from '../messages/recognition';
import type { YoloMetadata, YoloTask } from '../tflite/metadata/yolo-metadata';
import { yoloThresholds } from '../vision/decoders/shared/thresholds';
import { prototypeForm, yoloRowCounts } from '../vision/decoders/shared/yolo-form';
import type { Decoder } from '../vision/shared/types';
import { ofOnePicture, pictureInput, valuesBetween } from './picture-input';
import type { Recogniser } from './types';

type Head = keyof typeof yoloThresholds;

/** What the large output's form says: rows, values of each, and whose head makes as many of this input. */
interface Form {
  readonly head: Head;
  readonly channels: number;
}

/** A row of boxes that are suppressed already: corners, score and class. Exporters keep as many of them where nothing else is said. */
const finalRows = 300;
const finalChannels = 6;
/** COCO's bodies, which all published pose models find. */
const bodyPoints = { count: 17, values: 3 } as const;
const bodyChannels = bodyPoints.count * bodyPoints.values;

/** In pixels of the input. */
interface Size {
  readonly width: number;
  readonly height: number;
}

function formOf([batch, first = 0, second = 0, ...more]: readonly number[], { width, height }: Size, metadata: YoloMetadata | undefined): Form | null {
  if (batch !== 1 || more.length > 0) return null;
  const counts = (head: Head): readonly number[] => yoloRowCounts(head, width, height);
  if (counts('objectness').includes(first)) return { head: 'objectness', channels: second };
  if (counts('classes').includes(second)) return { head: 'classes', channels: first };
  // YOLOX and v6 have as many rows and one value more, which read differently: only the names tell them apart.
  if (counts('classes').includes(first) && (metadata !== undefined || second !== 85)) return { head: 'classes', channels: second };
  return second >= finalChannels && (first === finalRows || (metadata !== undefined && second < first)) ? { head: 'final', channels: second } : null;
}

/** By the file's word, else by what is beside the boxes: prototypes of masks, or as many values as a body and one class have, which would be 52 classes. */
function taskOf({ head, channels }: Form, prototypes: boolean, metadata: YoloMetadata | undefined): YoloTask {
  if (metadata !== undefined && metadata.task !== null) return metadata.task;
  if (prototypes) return 'segment';
  const single = { classes: 5, objectness: Infinity, final: finalChannels }[head];
  return metadata === undefined && channels === single + bodyChannels ? 'pose' : 'detect';
}

function decoderOf(form: Form, shapes: readonly (readonly number[])[], metadata: YoloMetadata | undefined): { readonly decoder: Decoder; readonly task: YoloTask } | null {
  const { head, channels } = form;
  const prototypes = shapes.map(prototypeForm).find((found) => found !== null);
  const task = taskOf(form, prototypes !== undefined, metadata);
  const points = metadata?.points ?? bodyPoints;
  const extras = { detect: 0, segment: prototypes?.count ?? NaN, pose: points.count * points.values, obb: 1, classify: NaN }[task];
  const classes = channels - extras - { classes: 4, objectness: 5, final: finalChannels - 1 }[head];
  const fits = head === 'final' ? classes === 1 : classes >= 1 && (metadata === undefined || metadata.names.length === classes);
  if (!fits || shapes.length !== (task === 'segment' ? 2 : 1)) return null;
  const common = { head, ...yoloThresholds[head] };
  switch (task) {
    case 'detect': return { task, decoder: { kind: 'yolo-detection', ...common } };
    case 'segment': return { task, decoder: { kind: 'yolo-segmentation', ...common } };
    case 'pose': return { task, decoder: { kind: 'yolo-pose', ...common, points } };
    case 'obb': return { task, decoder: { kind: 'yolo-oriented', ...common } };
    case 'classify': return null;
  }
}

/** The model's own name, such as YOLO11n, else the versions whose form it has. */
function nameOf(task: YoloTask, head: Head | null, metadata: YoloMetadata | undefined): string {
  const [own] = /\bYOLO[\w.-]*/i.exec(metadata?.description ?? '') ?? [];
  return text.families.yolo(task, own ?? (head === null ? 'YOLO' : text.yoloVersions[head]));
}

/**
 * Ultralytics' exports by the task and the names that they bring, others by the number of candidates that the family's
 * heads make of the input. All were trained on letterboxed pictures from 0 to 1, classifiers on cropped ones.
 */
export const yolo: Recogniser = ({ summary: { yolo: metadata }, inputs, outputs }) => {
  const picture = pictureInput(inputs);
  if (picture === null) return null;
  const values = valuesBetween(0, 1, picture.tensor);
  const labels = metadata === undefined ? {} : { labels: metadata.names };
  const shapes = outputs.map(({ shape }) => ofOnePicture(shape));
  if (metadata?.task === 'classify') {
    if (shapes.length !== 1 || shapes[0]?.at(-1) !== metadata.names.length) return null;
    return { name: nameOf('classify', null, metadata), because: text.because.yoloMetadata('classify', metadata.names.length), decoder: { kind: 'classification', top: 5 }, preprocessing: { fit: 'crop', ...values }, ...labels };
  }
  for (const shape of shapes) {
    const form = formOf(shape, picture, metadata);
    const decoding = form === null ? null : decoderOf(form, shapes, metadata);
    if (form === null || decoding === null) continue;
    const { task, decoder } = decoding;
    const because = metadata === undefined
      ? form.head === 'final' ? text.because.yoloFinal(shape) : text.because.yoloRows(shape, `${picture.width} × ${picture.height}`)
      : text.because.yoloMetadata(metadata.task, metadata.names.length);
    return { name: nameOf(task, form.head, metadata), because, decoder, preprocessing: { fit: 'letterbox', ...values }, ...labels };
  }
  return null;
};
