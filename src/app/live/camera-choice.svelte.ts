import type { Litescope } from '../../api';
import type { FrameSource } from '../../vision/sources/page/types';

/** Which camera, and how large its frames: chosen once, for whatever starts it. */
export class CameraChoice {
  /** Empty for the browser's own choice; `user` and `environment` for the side of a phone; else a device's id. */
  #camera = $state('');
  #resolution = $state('640x480');

  get camera(): string { return this.#camera; }
  /** `640x480`, in pixels. */
  get resolution(): string { return this.#resolution; }

  chooseCamera(camera: string): void { this.#camera = camera; }
  chooseResolution(resolution: string): void { this.#resolution = resolution; }

  /** @throws LitescopeError what opening a camera throws: none there, refused, in use */
  open({ sources }: Pick<Litescope, 'sources'>): Promise<FrameSource> {
    const [width = 640, height = 480] = this.#resolution.split('x').map(Number);
    return sources.openCamera({
      width, height,
      ...(this.#camera === 'user' || this.#camera === 'environment' ? { facing: this.#camera } : this.#camera === '' ? {} : { deviceId: this.#camera }),
    });
  }
}
