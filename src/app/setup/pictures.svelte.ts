import { setup as text } from '../../messages/setup';

/** A picture that can be an input. */
export interface Picture {
  readonly blob: Blob;
  readonly name: string;
  /** Address for showing it on this page. */
  readonly url: string;
}

const samples = { photo: 'samples/grace-hopper.jpg', digit: 'models/digit.bmp', face: 'samples/face.jpg', hand: 'samples/hand.jpg', hands: 'samples/hands.jpg', body: 'samples/body.jpg' } as const;

/** What a sample shows; each fits models of its kind. */
export type SampleName = keyof typeof samples;

/** The pictures at hand: the samples that come with the page, and what the person brought last. */
export class Pictures {
  #samples = $state.raw<Readonly<Partial<Record<SampleName, Picture | null>>>>({});
  #latest = $state.raw<Picture | null>(null);
  #expected = $state(true);
  #asking: Promise<void> | null = null;

  /** Null where it could not be had, or not yet. */
  sample(name: SampleName): Picture | null {
    return this.#samples[name] ?? null;
  }

  /** What the person brought last. */
  get latest(): Picture | null {
    return this.#latest;
  }

  /** Whether the sample may still come. */
  get expected(): boolean {
    return this.#expected;
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

  /** Fetches the samples once. Without them the page works, with random values. */
  loadSample(): Promise<void> {
    this.#asking ??= Promise.all([fetchSample('photo'), fetchSample('digit'), fetchSample('face'), fetchSample('hand'), fetchSample('hands'), fetchSample('body')])
      .then(([photo, digit, face, hand, hands, body]) => { this.#samples = { photo, digit, face, hand, hands, body }; })
      .catch(() => { this.#asking = null; })
      .finally(() => { this.#expected = false; });
    return this.#asking;
  }
}

async function fetchSample(name: SampleName): Promise<Picture | null> {
  const response = await fetch(samples[name]);
  if (!response.ok) return null;
  const blob = await response.blob();
  return { blob, name: text.input.samples[name], url: URL.createObjectURL(blob) };
}
