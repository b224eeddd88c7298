import type { SampleName } from '../../gallery/shared/catalogue';
import { setup as text } from '../../messages/setup';

/** A picture that can be an input. */
export interface Picture {
  readonly blob: Blob;
  readonly name: string;
  /** Address for showing it on this page. */
  readonly url: string;
}

/** Addresses beside the page. */
const samples: Readonly<Record<SampleName, string>> = {
  photo: 'samples/grace-hopper.jpg', digit: 'models/digit.bmp', face: 'samples/face.jpg', hand: 'samples/hand.jpg', hands: 'samples/hands.jpg', body: 'samples/body.jpg',
  chair: 'samples/chair.jpg', camera: 'samples/camera.jpg', cup: 'samples/cup.jpg', shoe: 'samples/shoe.jpg', street: 'samples/street.jpg',
};

/** The pictures at hand: the samples that come with the page, and what the person brought last. */
export class Pictures {
  #samples = $state.raw<Readonly<Partial<Record<SampleName, Picture | null>>>>({});
  #latest = $state.raw<Picture | null>(null);
  readonly #asking: Partial<Record<SampleName, Promise<void> | undefined>> = {};

  /** Null where it could not be had, or not yet. */
  sample(name: SampleName): Picture | null {
    return this.#samples[name] ?? null;
  }

  /** What the person brought last. */
  get latest(): Picture | null {
    return this.#latest;
  }

  /** Whether a sample may still come. */
  expects(name: SampleName): boolean {
    return this.#samples[name] === undefined;
  }

  /** What a new model starts with. */
  get preferred(): Picture | null {
    return this.#latest ?? this.sample('photo');
  }

  add(file: File): Picture {
    // Addresses are kept, because results go on showing their picture; a Blob that nobody names costs no memory of the page.
    const picture = { blob: file, name: file.name, url: URL.createObjectURL(file) };
    this.#latest = picture;
    return picture;
  }

  /** Fetches a sample, unless it is there or on its way. Without it the page works, with random values. */
  load(name: SampleName): Promise<void> {
    return this.#asking[name] ??= this.#fetch(name);
  }

  async #fetch(name: SampleName): Promise<void> {
    const picture = await fetchSample(name).catch(() => null);
    this.#samples = { ...this.#samples, [name]: picture };
    // The next one who wants it asks again.
    if (picture === null) this.#asking[name] = undefined;
  }
}

async function fetchSample(name: SampleName): Promise<Picture | null> {
  const response = await fetch(samples[name]);
  if (!response.ok) return null;
  const blob = await response.blob();
  return { blob, name: text.input.samples[name], url: URL.createObjectURL(blob) };
}
