/** Least time between two words of progress, in milliseconds: one for each chunk would keep the page busier than the download. */
const step_ms = 50;

/**
 * Counts the bytes of an answer as they come in, and tells of them: at most every 50 ms, never later than that, and at the end.
 * The total is null where the server does not say it or compresses on the way; it is never less than what was received.
 */
export class Reception {
  readonly #tell: (loaded: number, total: number | null) => void;
  #loaded = 0;
  #total: number | null;
  #told: { readonly loaded: number; readonly total: number | null; readonly at: number } | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(headers: { get(name: string): string | null }, tell: (loaded: number, total: number | null) => void) {
    this.#tell = tell;
    this.#total = announcedBytes(headers);
  }

  get loaded(): number {
    return this.#loaded;
  }

  /** What the server says there is to come; null where it does not. */
  get total(): number | null {
    return this.#total;
  }

  add(bytes: number): void {
    this.#loaded += bytes;
    // Other origins may compress without showing the header that says so.
    if (this.#total !== null && this.#loaded > this.#total) this.#total = null;
    // What is held back now is told later, or a download that stalls would show too little for as long as it does.
    const wait_ms = this.#told === null ? 0 : this.#told.at + step_ms - performance.now();
    if (wait_ms <= 0) this.#say();
    else this.#later ??= setTimeout(() => { this.#say(); }, wait_ms);
  }

  /** All is here. */
  end(): void {
    if (this.#total !== null) this.#total = this.#loaded;
    if (this.#told?.loaded === this.#loaded && this.#told.total === this.#total) clearTimeout(this.#later);
    else this.#say();
  }

  #say(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#told = { loaded: this.#loaded, total: this.#total, at: performance.now() };
    this.#tell(this.#loaded, this.#total);
  }
}

/** Content-Length counts bytes on the wire, which are not those received here when the server compresses. */
function announcedBytes(headers: { get(name: string): string | null }): number | null {
  const encoding = headers.get('Content-Encoding');
  const length = headers.get('Content-Length');
  if (length === null || !/^\d+$/.test(length) || (encoding !== null && encoding !== 'identity')) return null;
  return Number(length);
}
