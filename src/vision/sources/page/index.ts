import { listCameras, openCamera, watchCameras } from './camera';
import { openPicture } from './picture';
import { openScreen } from './screen';
import { shareSource } from './shared-source';
import { openVideo } from './video';

/** Every kind of source, opened on the page. */
export const frameSources = { listCameras, watchCameras, openCamera, openScreen, openVideo, openPicture, shareSource } as const;

export type FrameSources = typeof frameSources;
