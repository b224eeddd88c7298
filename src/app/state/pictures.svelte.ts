/** A picture that can be an input. */
export interface Picture {
  readonly blob: Blob;
  readonly name: string;
  /** Address for showing it on this page. */
  readonly url: string;
}

const sampleName = 'Sample photo';

/** The pictures at hand: the sample that comes with the page, and what the person brought last. */
export class Pictures {
  #sample = $state.raw<Picture | null>(null);
  #latest = $state.raw<Picture | null>(null);
  #expected = $state(true);
  #asking: Promise<void> | null = null;

  get sample(): Picture | null {
    return this.#sample;
  }

  /** Whether the sample may still come. */
  get expected(): boolean {
    return this.#expected;
  }

  /** What a new model starts with. */
  get preferred(): Picture | null {
    return this.#latest ?? this.#sample;
  }

  add(file: File): Picture {
    // Addresses are kept, because results go on showing their picture; a Blob that nobody names costs no memory of the page.
    const picture = { blob: file, name: file.name, url: URL.createObjectURL(file) };
    this.#latest = picture;
    return picture;
  }

  /** Fetches the sample once. Without it the page works, with random values. */
  loadSample(): Promise<void> {
    this.#asking ??= fetch('samples/grace-hopper.jpg')
      .then(async (response) => {
        if (!response.ok) return;
        const blob = await response.blob();
        this.#sample = { blob, name: sampleName, url: URL.createObjectURL(blob) };
      })
      .catch(() => { this.#asking = null; })
      .finally(() => { this.#expected = false; });
    return this.#asking;
  }
}
