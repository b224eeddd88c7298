import { clipWindow, type SoundUse } from '../../../audio/shared/clip-window';
import { writeSound } from '../../../audio/shared/write-sound';
import { readWav } from '../../../audio/shared/wav';
import { assertFeatures } from '../../../audio/shared/preparation';
import { elementCount } from '../../../tensor/dtype';
import type { AssignmentTarget } from '../../../tensor/assign';
import { readBytes } from '../../../tensor/read-file';
import type { TensorView } from '../../../tensor/values';
import type { RuntimeTensor } from '../../runtimes/worker/runtime';
import type { InputSource } from '../shared/protocol';

/** One window of a clip, ready for its tensor. */
export interface ReadySound {
  readonly kind: 'sound';
  readonly use: SoundUse;
  write(target: AssignmentTarget & { readonly view: TensorView }): void;
}

/**
 * Reads a clip and computes what the tensor is to hold of it.
 * @throws LitescopeError INVALID_AUDIO, FILE_UNREADABLE; INVALID_INPUT for a window behind the clip's end, and features that do not fill the tensor
 */
export async function readSound({ clip, start_s = 0, preparation }: Extract<InputSource, { kind: 'audio' }>, { name, shape }: RuntimeTensor): Promise<ReadySound> {
  const elements = elementCount(shape);
  assertFeatures(name, preparation.features, elements);
  const { values, use } = clipWindow(readWav(await readBytes(clip)), preparation, elements, start_s);
  return { kind: 'sound', use, write: (target) => { writeSound(target, preparation.features, values); } };
}
