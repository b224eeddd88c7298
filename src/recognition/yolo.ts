import { recognition as text } from '../messages/recognition';
import type { YoloMetadata, YoloTask } from '../tflite/metadata/yolo-metadata';
import { yoloThresholds } from '../vision/decoders/shared/thresholds';
import { yoloRowCounts } from '../vision/decoders/shared/yolo-form';
import type { Decoder } from '../vision/shared/types';
import { ofOnePicture, pictureInput, valuesBetween } from './picture-input';
import type { Recogniser } from './types';

type Head = keyof typeof yoloThresholds;

/** What the large output's form says: rows, values of each, and whose head makes as many of this input. */
interface Form {
  readonly head: Head;
  readonly channels: number;
}

/** A model's boxes after suppression that nothing else says the family of: all its exporters keep as many. */
const finalRows = 300;
const finalChannels = 6;
function formOf(shape: readonly number[], { width, height }: { readonly width: number; readonly height: number }, metadata: YoloMetadata | undefined): Form | null {
  const [batch, first = 0, second = 0, ...more] = shape;
  if (batch !== 1 || more.length > 0) return null;
  const counts = (head: Head): readonly number[] => yoloRowCounts(head, width, height);
  if (counts('objectness').includes(first)) return { head: 'objectness', channels: second };
  if (counts('classes').includes(second)) return { head: 'classes', channels: first };
  // YOLOX and v6 have as many rows and one value more, which read differently: only the names tell them apart.
  if (counts('classes').includes(first) && (metadata !== undefined || second !== 85)) return { head: 'classes', channels: second };
  if (metadata !== undefined ? second >= finalChannels && second < first : first === finalRows && second === finalChannels) return { head: 'final', channels: second };
  return null;
}

function decoderOf({ head, channels }: Form, shapes: readonly (readonly number[])[], metadata: YoloMetadata | undefined): { readonly decoder: Decoder; readonly task: YoloTask } | null {
  const firstClass = head === 'objectness' ? 5 : 4;
  const classes = channels - firstClass;
  const named = metadata?.names.length;
  const thresholds = yoloThresholds[head];
  if (shapes.length !== 1 || (metadata !== undefined && metadata.task !== null && metadata.task !== 'detect')) return null;
  const fits = head === 'final' ? channels === finalChannels : classes >= 1 && (named === undefined || named === classes);
  return fits ? { task: 'detect', decoder: { kind: 'yolo-detection', head, ...thresholds } } : null;
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
