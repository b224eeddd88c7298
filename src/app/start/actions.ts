import { gallery } from '../../messages/gallery';
import type { Shared } from '../context';
import { start as text } from '../../messages/start';

/** Closes a model, and ends what is done with it; for some seconds it can be had back. */
export function closeModel({ activity, notices, opening, problems, workbench }: Shared, id: string): void {
  const closed = workbench.models.find(({ model }) => model.id === id)?.model;
  activity.cancelFor(id);
  workbench.close(id);
  problems.forget(id);
  if (closed !== undefined) notices.say(text.closed(closed.name), { caption: text.undo, act: () => { void opening.again(closed); } });
}

/** What a camera starts with: small, quick, and whoever sits before it sees at once that it works. */
export const cameraModel = { id: 'face-detection-short-range', get title() { return gallery.models['face-detection-short-range'].title; } } as const;

/** Opens a model that finds faces and starts it on the camera, in Live, where it is told if there is none to be had. */
export async function startWithCamera({ litescope, live, opening, view, workbench }: Shared): Promise<void> {
  // Live from its first moment: an overview would begin to measure, and be in the camera's way.
  await opening.fromGallery(cameraModel, () => { view.choose('live'); });
  const work = workbench.selected;
  if (work?.model.entry?.id === cameraModel.id) await live.start(work, () => live.camera.open(litescope));
}
